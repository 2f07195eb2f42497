/** Nothing but PATH is inherited: a person's N8N_* would change n8n, and jest's NODE_ENV its database. */
export function settings(userFolder: string): NodeJS.ProcessEnv {
	return {
		PATH: process.env.PATH,
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_ENCRYPTION_KEY: 'e2e-only',
		// On a busy machine n8n else takes its database for lost, and answers 503.
		DB_PING_TIMEOUT_MS: '60000',
	};
}
