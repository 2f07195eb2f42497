/** `n8n-nodes-tokenhub/testing`: the embedded TokenHub endpoint, for tests of what is built on the library. */
export { startGateway, type Gateway, type GatewayOptions } from '../gateway';
export { errorBody } from '../gateway';
export type { ChatBody, Reply, Script, SeenRequest } from '../gateway';
