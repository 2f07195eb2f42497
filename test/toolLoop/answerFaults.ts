import { add, asks, call, done, never, odd, type Fault } from './fault';

const answerFaults: Fault[] = [
	{
		name: 'empty call ids',
		tools: [add],
		script: [asks(call('add', { a: 1 }, ''), call('add', { a: 2 }, '')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 2,
	},
	{
		name: 'call ids repeated in a turn',
		tools: [add],
		script: [asks(call('add', { a: 1 }, 'x'), call('add', { a: 2 }, 'x')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 2,
	},
	{
		name: 'call ids repeated in the next turn',
		tools: [add],
		script: [asks(call('add', { a: 1 }, 'x')), asks(call('add', { a: 2 }, 'x')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 3,
	},
	{
		name: 'calls under finish_reason stop',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), finishReason: 'stop' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'finish_reason tool_calls without calls',
		tools: [add],
		script: [{ text: 'Nothing to call.', finishReason: 'tool_calls' }],
		ran: [],
		output: 'Nothing to call.',
		requests: 1,
	},
	{
		name: 'an empty answer',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: '' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 3,
	},
	{
		name: 'nothing but empty answers',
		tools: [add],
		script: [{ text: '' }, { text: '' }],
		ran: [],
		output: '',
		requests: 2,
	},
	{
		name: 'a refusal after a call',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { refusal: 'I would rather not.' }],
		told: ['2'],
		ran: ['add 1 1'],
		output: 'I would rather not.',
		stopReason: 'refused',
		requests: 2,
	},
	{
		name: 'a 200 answer that holds an error',
		tools: [add],
		script: [
			asks(call('add', { a: 1 })),
			{ raw: '{"error":{"message":"Overloaded","type":"overloaded_error","code":529}}' },
			done,
		],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'a 200 answer that is not a completion',
		tools: [add],
		script: [{ raw: '<html>busy</html>', contentType: 'text/html' }, done],
		ran: [],
		requests: 1,
	},
	{
		name: 'a tool choice that the model refuses',
		tools: [add],
		script: ({ tool_choice, messages }) =>
			tool_choice
				? { status: 400, error: { message: 'tool_choice: "none" is not supported' } }
				: messages.length === 1
					? asks(call('add', { a: 1 }))
					: done,
		options: { maxIterations: 1 },
		told: ['2'],
		ran: ['add 1 1'],
		stopReason: 'maxIterations',
		refused: 1,
		requests: 2,
	},
	{
		name: 'a connection lost after a call',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { fault: 'reset' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'arguments sent as an object',
		tools: [add],
		script: [
			{
				raw: JSON.stringify({
					id: 'x',
					model: 'anthropic/claude-sonnet-4-6',
					choices: [
						{
							index: 0,
							finish_reason: 'tool_calls',
							message: {
								role: 'assistant',
								content: null,
								tool_calls: [
									{ id: 'o1', type: 'function', function: { name: 'add', arguments: { a: 1 } } },
								],
							},
						},
					],
				}),
			},
			done,
		],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
];

const stubbornFaults: Fault[] = [
	{
		name: 'four failing turns that all differ',
		tools: [add],
		script: [
			asks(call('ad', { a: 1 })),
			asks(call('add', 'no JSON')),
			asks(call('add', { a: [] })),
			asks(call('add', {})),
			asks(call('add', { a: 1 })),
			done,
		],
		told: [/no tool/, /could not be read/, /received array/, /received undefined/, '2'],
		ran: ['add 1 1'],
		requests: 6,
	},
	{
		name: 'the very same call without end',
		tools: [add],
		script: ({ tool_choice }) => (tool_choice === 'none' ? done : asks(call('add', { a: 1 }))),
		options: { repeatLimit: 2 },
		told: ['2', /^2.*very call 2 times/s, /Not run: you already made this very call 2 times/],
		ran: ['add 1 1', 'add 1 1'],
		stopReason: 'repeatedCalls',
		requests: 4,
	},
	{
		name: 'the very same call of no tool without end',
		tools: [add],
		script: ({ tool_choice }, n) =>
			tool_choice === 'none'
				? done
				: asks(call('nobody', ['{"a":1,"b":2}', '{ "b": 2.0, "a": 1 }'][n % 2])),
		options: { repeatLimit: 2 },
		told: [
			/There is no tool/,
			/There is no tool/,
			/Not run: you already made this very call 2 times/,
		],
		ran: [],
		stopReason: 'repeatedCalls',
		requests: 4,
	},
	{
		name: 'ever new calls without end',
		tools: [add],
		script: ({ tool_choice }, n) => (tool_choice === 'none' ? done : asks(call('add', { a: n }))),
		options: { maxIterations: 2 },
		told: ['1', '2'],
		ran: ['add 0 1', 'add 1 1'],
		stopReason: 'maxIterations',
		requests: 3,
	},
	{
		name: 'an empty answer at the limit',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: '' }, done],
		options: { maxIterations: 1 },
		told: ['2'],
		ran: ['add 1 1'],
		stopReason: 'maxIterations',
		requests: 3,
	},
	{
		name: 'more calls in a turn than may run',
		tools: [add],
		script: ({ tool_choice }) =>
			tool_choice === 'none'
				? done
				: asks(call('add', { a: 1 }), call('add', { a: 2 }), call('add', { a: 3 })),
		options: { maxToolCalls: 2 },
		told: ['2', '3', /Not run: tools may be called 2 times in all/],
		ran: ['add 1 1', 'add 2 1'],
		stopReason: 'maxToolCalls',
		requests: 2,
	},
	{
		name: 'a tool that hangs until the deadline',
		tools: [odd(never)],
		script: ({ tool_choice }) => (tool_choice === 'none' ? done : asks(call('odd'))),
		options: { deadlineMs: 1000 },
		told: [/was stopped before this call was done/],
		ran: ['odd'],
		stopReason: 'deadline',
		requests: 2,
	},
];

export const answerAndLimitFaults: Fault[] = [...answerFaults, ...stubbornFaults];
