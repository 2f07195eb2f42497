const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Node's environment of jest, with a global object that V8 treats as its own: on jest's, which is a
 * proxy, each `Math` or `JSON` in a test or in the code costs a call into the proxy.
 */
module.exports = class PlainGlobalEnvironment extends TestEnvironment {
	constructor(...given) {
		const { createContext } = vm;
		vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
		try {
			super(...given);
		} finally {
			vm.createContext = createContext;
		}
	}
};
