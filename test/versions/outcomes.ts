import type { Version } from './installVersion';

/** What came of each check, by version of n8n. */
export interface Outcomes {
	/** Runs a check and keeps what came of it; throws what it throws. */
	keep(version: Version, check: string, run: () => Promise<unknown>): Promise<void>;
	/** A table, and below it what did not work. */
	words(): string;
}

export function openOutcomes(): Outcomes {
	const kept = new Map<Version, Map<string, string>>();
	const failures: string[] = [];
	return {
		async keep(version, check, run) {
			const outcomes = kept.get(version) ?? new Map<string, string>();
			kept.set(version, outcomes.set(check, 'no'));
			try {
				await run();
				outcomes.set(check, 'yes');
			} catch (error) {
				failures.push(`n8n ${version.n8n}, ${check}: ${plain(error).slice(0, 1_000)}`);
				throw error;
			}
		},
		words() {
			const checks = [...new Set([...kept.values()].flatMap((outcomes) => [...outcomes.keys()]))];
			const rows = [...kept].map(([{ n8n, node, published }, outcomes]) => [
				...[n8n, node, published],
				...checks.map((check) => outcomes.get(check) ?? ''),
			]);
			const head = ['n8n', 'Node', 'published', ...checks];
			const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
			return [...lines, '', ...failures, ''].join('\n');
		},
	};
}

function plain(error: unknown): string {
	// jest colours its messages.
	return String(error).replaceAll(/\u001b\[\d+m/g, '');
}
