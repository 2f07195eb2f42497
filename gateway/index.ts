export { startGateway, type Gateway, type GatewayOptions } from './startGateway';
export { errorBody } from './contract/refusal';
export type { ChatBody } from './contract/chatBody';
export type { SeenRequest } from './exchange';
export type { Reply, Script } from './reply';
