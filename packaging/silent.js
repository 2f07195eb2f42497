/** Stands in for `debug` in the bundle: no environment variable makes this package print. */
function silent() {
	return () => undefined;
}

module.exports = silent;
