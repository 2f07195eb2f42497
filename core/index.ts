/** The library: everything a pipeline or an agent loop outside n8n needs. */
export { answer, type Answer, type AnswerOptions } from './chat/answer';
export { chat, type ChatOptions } from './chat/chat';
export type { ChatRequest } from './chat/chatRequest';
export type { ChatResult, ToolCall } from './chat/chatResult';
export type {
	AssistantMessage,
	ImagePart,
	Message,
	SystemMessage,
	TextPart,
	ToolMessage,
	UserMessage,
} from './chat/messages';
export type { ForcedTool, FunctionTool, ToolChoice } from './chat/toolCalls';
export { streamChat } from './chat/streamChat';
export type { ChatEvent } from './chat/chatResult';
export { checkAccess, type Access } from './access/checkAccess';
export type { ClientOptions } from './client/clientConfig';
export { createClient, type CallOptions, type TokenHubClient } from './client/createClient';
export { ADVICE, ERROR_KINDS, type ErrorKind } from './errorKinds';
export { TokenHubError, type ErrorDetails, type Failure } from './errors';
export { evaluate } from './evaluate/evaluate';
export type {
	EvaluateRequest,
	EvaluationCase,
	ExtractSettings,
	Progress,
	RunInput,
} from './evaluate/evaluateRequest';
export type {
	Cascade,
	CaseResult,
	Comparison,
	EvaluationReport,
	FieldReport,
	FirstAnswer,
	ModelReport,
} from './evaluate/report';
export type { Counts, Mark, Scores, Verdict } from './evaluate/score';
export type { Interval } from './evaluate/statistics';
export type { Attempt } from './extract/attempt';
export { classify, type Classification, type ClassifyRequest } from './extract/classify';
export type { Evidence } from './extract/evidence/findEvidence';
export type { Span } from './extract/evidence/leaves';
export { estimateExtract, type Estimate } from './extract/parts/estimate';
export type { Fork, Turn } from './chat/forkTape';
export type { Tape } from './recording/tape';
export { extract, type ExtractResult } from './extract/extract';
export { streamExtract, type ExtractEvent } from './extract/streamExtract';
export { pdfText } from './pdf/pdfText';
export type { ExtractOptionsInput as ExtractRequest } from './extract/extractRequest';
export type { SchemaSource } from './extract/targetSchema';
export { toJsonSchema, type JsonSchema, type ZodType } from './schema/jsonSchema';
export { DEFAULT_MODEL, models, priceOf, type Model, type Price } from './models';
export type { Tracer, TraceSpan } from './tracing/inSpan';
export type { TurnChange } from './toolLoop/loopRequest';
export type { TurnState } from './toolLoop/loopRequest';
export type { ToolLoopRequest } from './toolLoop/loopRequest';
export type { ToolLoopResult } from './toolLoop/loopResult';
export type { LoopEvent, ToolLoopOptions } from './toolLoop/loopRun';
export type {
	GivenResult,
	PendingCall,
	ResumeState,
	SettledCall,
	Step,
} from './toolLoop/resumeState';
export { runToolLoop } from './toolLoop/runToolLoop';
export { STOP_REASONS, type StopReason } from './toolLoop/loopRequest';
export {
	defineTool,
	toFunctionTool,
	type Tool,
	type ToolContext,
	type ToolDefinition,
} from './toolLoop/tool';
export type { Estimated, Fallback, Spending, Usage } from './usage';
