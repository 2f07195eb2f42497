/** Follows the link of a mail that asks for approval, as a person's browser does. */
export async function answerMail(
	origin: string,
	mail: string,
	approved: boolean,
): Promise<Response> {
	const links = [...mail.matchAll(/href="([^"]+)"/g)].map(([, url]) => new URL(url ?? ''));
	const link = links.find((url) => url.searchParams.get('approved') === String(approved));
	if (!link) throw new Error(`no link in the mail:\n${mail}`);
	// n8n takes any other user agent for the preview robot of a mail program.
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
	return await fetch(`${origin}${link.pathname}${link.search}`, { headers });
}
