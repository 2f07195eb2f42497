/** Closes a run with one plain line, so that any reader of the log can count what ran. */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const skipped = results.numPendingTests + results.numTodoTests;
		const tail = skipped > 0 ? `, ${skipped} skipped` : '';
		console.log(`${results.numPassedTests} passed, ${failed} failed${tail}`);
	}
};
