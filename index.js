// The library's door. n8n never resolves `main`: it loads the files named under "n8n" in package.json.
module.exports = require('./dist');
