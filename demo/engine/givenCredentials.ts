import {
	ICredentialsHelper,
	isExpression,
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/** Credentials by type, as the caller gave them; nothing is stored or encrypted. */
export class GivenCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: ReadonlyMap<string, ICredentialType>,
		private readonly values: CredentialValues,
	) {
		super();
	}

	// The signature is n8n's.
	// eslint-disable-next-line max-params
	override getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const given = this.values[type];
		if (!given) return Promise.reject(new UserError(`No credential of type ${type} was given`));
		const values = { ...defaultsOf(this.getCredentialsProperties(type)), ...given };
		return Promise.resolve(raw || !item ? values : resolved(values, item, { mode, executeData }));
	}

	// The signature is n8n's.
	// eslint-disable-next-line max-params
	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request: IHttpRequestOptions = { url: '', ...options };
		const authenticate = this.types.get(typeName)?.authenticate;
		if (!authenticate || !workflow || !node) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const resolve = (values: IDataObject = {}): IDataObject =>
			mapValues(values, (value) =>
				workflow.expression.getSimpleParameterValue(node, value, 'internal', {
					$credentials: credentials,
				}),
			);
		const { headers, qs } = authenticate.properties;
		return {
			...request,
			headers: { ...request.headers, ...resolve(headers) },
			qs: { ...request.qs, ...resolve(qs) },
		};
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.types.get(type)?.properties ?? [];
	}

	override getParentTypes(): string[] {
		return [];
	}

	override preAuthentication(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override runPreAuthentication(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override getCredentials(): Promise<ICredentials> {
		return Promise.reject(new UserError('This runner keeps no stored credentials'));
	}

	override updateCredentials(): Promise<void> {
		return Promise.resolve();
	}

	override updateCredentialsOauthTokenData(): Promise<void> {
		return Promise.resolve();
	}
}

function defaultsOf(properties: INodeProperties[]): ICredentialDataDecryptedObject {
	return Object.fromEntries(
		properties.flatMap(({ name, default: value }) =>
			typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
				? [[name, value] as const]
				: [],
		),
	);
}

/** A credential field may be an expression, which n8n evaluates for each item. */
function resolved(
	values: ICredentialDataDecryptedObject,
	item: ICredentialsExpressionResolveValues,
	{ mode, executeData }: { mode: WorkflowExecuteMode; executeData?: IExecuteData },
): ICredentialDataDecryptedObject {
	const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = item;
	const found = { ...values };
	for (const [key, value] of Object.entries(values)) {
		if (typeof value !== 'string' || !isExpression(value)) continue;
		const evaluated: unknown = workflow.expression.getParameterValue(
			...([value, runExecutionData, runIndex, itemIndex, node.name, connectionInputData] as const),
			...([mode, {}, executeData] as const),
		);
		found[key] = String(evaluated);
	}
	return found;
}

type Evaluate = (expression: string) => IDataObject[string];

function mapValues(values: IDataObject, evaluate: Evaluate): IDataObject {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => [
			key,
			typeof value === 'string' && isExpression(value) ? evaluate(value) : value,
		]),
	);
}
