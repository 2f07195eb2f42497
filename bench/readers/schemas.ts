const text = { type: 'string' };
const integer = { type: 'integer' };
const number = { type: 'number' };

/** Simple schemas, which each contender's own language can express. */
export const SCHEMAS = {
	person: {
		type: 'object',
		properties: { name: text, age: integer, email: text },
		required: ['name', 'age'],
	},
	invoice: {
		type: 'object',
		properties: {
			number: text,
			total: number,
			paid: { type: 'boolean' },
			currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
		},
		required: ['number', 'total'],
	},
	task: {
		type: 'object',
		properties: {
			title: text,
			status: { type: 'string', enum: ['not started', 'in progress', 'done'] },
			tags: { type: 'array', items: text },
		},
		required: ['title', 'status'],
	},
	order: {
		type: 'object',
		properties: {
			id: text,
			lines: {
				type: 'array',
				items: {
					type: 'object',
					properties: { item: text, quantity: integer, price: number },
					required: ['item', 'quantity', 'price'],
				},
			},
		},
		required: ['id', 'lines'],
	},
	numbers: {
		type: 'object',
		properties: { ids: { type: 'array', items: integer } },
		required: ['ids'],
	},
} as const;
