import { createServer, type Socket } from 'node:net';
import { listen } from '../support/listen';

export interface SmtpServer {
	port: number;
	/** The next mail's text, as soon as it is there. */
	nextMail(): Promise<string>;
	close(): void;
}

/** As much of a mail server as it takes for n8n to send mail to it. */
export async function startSmtp(): Promise<SmtpServer> {
	const mails: string[] = [];
	const waiting: Array<(mail: string) => void> = [];
	const server = createServer((socket) =>
		converse(socket, (mail) => {
			const next = waiting.shift();
			if (next) next(mail);
			else mails.push(mail);
		}),
	);
	return {
		port: await listen(server),
		nextMail: () => {
			const mail = mails.shift();
			if (mail !== undefined) return Promise.resolve(mail);
			return new Promise((resolve) => waiting.push(resolve));
		},
		close: () => server.close(),
	};
}

function converse(socket: Socket, deliver: (mail: string) => void): void {
	let mail: string | undefined;
	let rest = '';
	const say = (line: string) => socket.write(`${line}\r\n`);
	say('220 e2e');
	socket.on('error', () => socket.destroy());
	socket.on('data', (data) => {
		const lines = (rest + data.toString('utf8')).split('\r\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			if (mail === undefined) mail = answer(line, say);
			else if (line === '.') {
				deliver(decode(mail));
				mail = undefined;
				say('250 taken');
			} else mail += `${line.replace(/^\.\./, '.')}\n`;
		}
	});
}

/** The start of a mail, once the client is about to send one. */
function answer(line: string, say: (line: string) => void): string | undefined {
	const verb = line.slice(0, 4).toUpperCase();
	if (verb === 'DATA') {
		say('354 go on');
		return '';
	}
	say(verb === 'QUIT' ? '221 bye' : '250 fine');
	return undefined;
}

/** Quoted-printable, as mail programs send HTML. */
function decode(mail: string): string {
	return mail
		.replaceAll('=\n', '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		.replaceAll('&amp;', '&');
}
