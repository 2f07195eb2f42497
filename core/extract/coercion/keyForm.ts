/** A key without case, spaces, hyphens and underscores: `invoice_number` and `InvoiceNumber` are alike. */
export function keyForm(key: string): string {
	return key
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '')
		.replace(/:$/, '');
}
