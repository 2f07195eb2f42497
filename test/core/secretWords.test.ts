import {
	withoutSecrets,
	isSecretName,
	isSecretPart,
	shownField,
} from '../../core/redaction/plainError';

/** Each holds `S3cr`, or `S`, where it must not be shown. */
const masked = String.raw`
X-Api-Key: S3cr
X-Api-Key: S
"X-Api-Key":"S"
{"X-Api-Key":"S3cr"}
Authorization: Token S3cr
Authorization: Token S
Authorization: Basic S3cr
authorization: 'Basic S3cr'
Authorization: S3cr
Authorization: Bearer S3cr
Authorization: Digest username="me", realm="x", response="S3cr"
Authorization: AWS4-HMAC-SHA256 Credential=AKIA1/2024/us, SignedHeaders=host, Signature=S3cr
"password":"S3cr"
{"user":"x","password":"S3cr"}
{\"password\":\"S3cr\"}
{\\\"password\\\":\\\"S3cr\\\"}
"{\"headers\":{\"Authorization\":\"Token S3cr\"}}"
password=S3cr
password: S3cr
password: letmeinS3cr
Unexpected token: S3crS3crS3cr1234
Invalid token: S3cr
pass: S3cr, fail
Cookie: a=S3cr; b=S3cr
cookie: sid=S3cr
Set-Cookie: sid=S3cr; Path=/
"set-cookie":["sid=S3cr; Path=/"]
'set-cookie': [ 'sid=S3cr; Path=/' ]
https://b.s3.amazonaws.com/k?X-Amz-Algorithm=A&X-Amz-Credential=S3cr%2F&X-Amz-Signature=S3cr&X-Amz-Security-Token=S3cr
https://x.blob.core.windows.net/a?sv=2020&sig=S3cr%3D
https://x/a?token=S3cr&b=1
https://x/a?access_token=S3cr
https://x/cb#access_token=S3cr&x=1
https://x/a?key=S3cr
postgres://u:S3cr@h/db
Call to https://api.telegram.org/bot123456789:AAE-S3crS3crS3crS3crS3cr/getMe failed
POST https://hooks.slack.com/services/T0000/B0000/S3crS3cr failed
https://hooks.slack.com/workflows/T0/A0/1/S3cr
https://discord.com/api/webhooks/1234567890/S3cr-S3cr
https://discordapp.com/api/v10/webhooks/1234567890/S3cr
key SG.S3crS3crS3cr.S3crS3crS3crS3cr is wrong
GOCSPX-S3crS3crS3crS3cr
whsec_S3crS3crS3crS3cr
xapp-1-A0S3crS3cr-1234567890
ntn_S3crS3crS3crS3crS3cr
secret_S3crS3crS3crS3cr
Command failed: curl -u admin:S3cr https://a.example
curl --user 'admin:S3cr' https://a.example
tool --password S3cr --verbose
tool --db-password "S3cr"
tool --api-key S3cr
tool --auth-token S3cr
mysql -u root -pS3cr shop
mysqldump --host h -pS3cr
sshpass -p S3cr ssh host
postgres://u:S3cr@S3cr@h/db
postgres://u:S3cr/S3cr@h/db
redis://:S3cr@h:6379
mongodb+srv://u:S3cr@h/db?x=1
Server=tcp:x;User Id=u;Password=S3cr;Encrypt=True
DefaultEndpointsProtocol=https;AccountName=a;AccountKey=S3cr==;EndpointSuffix=x
Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=S3cr
{ headers: { Authorization: 'Token S3cr', 'X-Api-Key': 'S3cr' } }
apiKey: 'S3cr'
api_key => "S3cr"
client_secret=S3cr&grant_type=x
--password=S3cr
API key: S3cr
access token: S3cr
"refresh_token": "S3cr"
curl -H 'Authorization: Token S3cr' https://x
curl -H "X-Api-Key: S3cr" https://x
eyJhbGciOiJIUzI1NiJ9.eyJzdWIiS3cr.S3crS3cr
"private_key": "-----BEGIN PRIVATE KEY-----\nS3cr\n-----END PRIVATE KEY-----\n"
`;

/** Nothing in these opens a door. */
const plain = String.raw`
tokens: 17
"tokens": 17
"tokens":"17"
max_tokens=500
token_count: 5
author: Jane Doe
"author":"Jane"
keyboard=us
"passport":"C01X00T47"
secretary: Mia
password: must be at least 8 characters
"password":"is too short"
{"errors":{"password":["must have at least 8 characters"]}}
password is required
Unexpected token < in JSON at position 0
Unexpected token: <
Invalid token: expected string
token: Invalid input: expected string, received undefined
apiKey: Required
apiKey: must be a string
primaryKey: id
"key":"name"
https://a.example/x?page=2&sortKey=name&key_id=3
https://registry.npmjs.org:443/@scope/pkg
pageToken=abc
nextPageToken: "CAUQAA"
mailto:me@example.com
see https://a.example: write to me@example.com
10:30:45 session started
token_type: bearer
tokenizer: cl100k
Signature help
the password
compass: north
bypass=true
monkey: banana
turkey=1
"cookieName":"sid"
Missing Bearer token
secret: required
authenticated: true
oauth: disabled
authority: a.example
HTTP 401: {"error":"invalid_token"}
cookies are required
authorization: required
keys: 3
"public_key":"abc"
foreignKey: user_id
passed: 3
passenger: Bob
"auth": true
password: null
password: undefined
Unexpected token: foo
Parse error near token: 'FROM'
Unsupported token: USDC
12 tests, pass: 11, fail: 1
secret: db-creds not found
client_secret: app-secret does not exist
Set-Cookie: SameSite attribute missing
{"password":"too short"}
{"password":"too_short"}
{"credentials":"include"}
--password is required
unknown option --token
the --secret option needs a value
curl -u admin https://a.example
ls -u name
mysql -p shop
https://slack.com/help/hooks
https://discord.com/channels/1/2
robot12345 started
the bot 123456789 is offline
SKU-123456
secret_santa
pat1234
`;

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

test.each(linesOf(masked))('hidden: %s', (line) => {
	const shown = withoutSecrets(line);
	expect(shown).not.toMatch(/S3cr|(?:: |Token |")S(?:"|$)/);
	expect(shown).toContain('…');
	expect(withoutSecrets(shown)).toBe(shown);
});

test.each([
	'GET https://x/a?token=abcdef not found',
	'token=abcdef missing',
	'password=hunter2…',
	'password: letmein …',
	'{"token":"abc…"}',
])('hidden: %s', (line) => {
	expect(withoutSecrets(line)).not.toMatch(/hunter2|letmein|abc/);
});

test.each(linesOf(plain))('shown: %s', (line) => {
	expect(withoutSecrets(line)).toBe(line);
});

test.each([
	...['password', 'apiKey', 'API_KEY', 'x-api-key', 'X-Amz-Security-Token', 'set-cookie', 'dbPass'],
	...['clientSecret', 'accessToken', 'PHPSESSID', 'sessionId', 'AccountKey', 'proxy-authorization'],
	...['credentials', 'jwt', 'auth', 'signature', 'userPassword2'],
])('a secret: %s', (name) => {
	expect([isSecretName(name), isSecretPart(name)]).toEqual([true, true]);
	expect(shownField(name, 'S3cr')).toBe('…');
	expect(shownField(name, ['S3cr'])).toEqual(['…']);
	expect(shownField(name, 'is required')).toBe('is required');
	expect(shownField(name, true)).toBe(true);
});

test.each([
	...[
		'tokens',
		'author',
		'keyboard',
		'passport',
		'secretary',
		'tokenCount',
		'token_type',
		'compass',
	],
	...[
		'nextPageToken',
		'primaryKey',
		'cookieName',
		'passed',
		'monkey',
		'authority',
		'bypass',
		'a'.repeat(999),
	],
])('no secret: %s', (name) => {
	expect([isSecretName(name), isSecretPart(name)]).toEqual([false, false]);
	expect(shownField(name, 17)).toBe(17);
});

test('a key is one to a door in a query and a header', () => {
	expect(['key', 'x-key', 'sig', 'AWSAccessKeyId'].map(isSecretPart)).toEqual([
		true,
		true,
		true,
		true,
	]);
	expect(['sortKey', 'idempotency-key', 'x-ratelimit-remaining-tokens'].map(isSecretPart)).toEqual([
		...[false, false, false],
	]);
});
