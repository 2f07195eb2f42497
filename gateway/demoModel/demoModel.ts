import type { ChatBody } from '../contract/chatBody';
import type { Reply } from '../reply';
export function demoModel(_body: ChatBody, _seed: number): Reply { return { text: 'stub' }; }
