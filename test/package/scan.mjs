/**
 * What n8n's own scanner finds in a folder, as JSON: its rules, its settings, no inline exceptions.
 * Usage: node scan.mjs <folder> source|package
 */
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const [cwd, what] = process.argv.slice(2);
const eslint = new ESLint({
	cwd,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
// Both lists are the scanner's.
const patterns = what === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const results = await eslint.lintFiles(patterns);
const findings = results.flatMap(({ filePath, messages }) =>
	messages
		.filter(({ severity }) => severity === 2)
		.map(({ line, ruleId, message }) => ({ file: filePath, line, rule: ruleId, message })),
);
process.stdout.write(JSON.stringify(findings));
