// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of plans
import { created, type MadeChange, reviewOf, updated } from "../made-plan.fixture";
import { formats, print } from "../print/print";

/** Too strange to stand anywhere by chance. */
const secret = "Zq7vX2mLw9Rt4KpB";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const thing = (values: Record<string, unknown>): MadeChange =>
  updated("aws_ssm_parameter.p", { x: "before" }, { x: "after", ...(values as object) });
const note = (text: string) => thing({ note: text });
const marked = (change: MadeChange, mark: object | true): MadeChange => ({ ...change, after_sensitive: mark as never });

/** Shapes in which a secret stands in a plan. */
const shapes: Readonly<Record<string, MadeChange>> = {
  "an argument that the provider marks": marked(thing({ anything: secret }), { anything: true }),
  "a block that is marked as a whole": marked(thing({ block: [{ inner: secret }] }), { block: true }),
  "an entry of a list that is marked": marked(thing({ list: ["a", secret] }), { list: [false, true] }),
  "a map that is marked": marked(thing({ map: { one: secret } }), { map: true }),
  "all that a resource has": marked(thing({ anything: secret }), true),
  "an argument password": thing({ password: secret }),
  "an argument dbPass": thing({ dbPass: secret }),
  "an argument client_secret": thing({ client_secret: secret }),
  "an argument api_key": thing({ api_key: secret }),
  "an argument private_key": thing({ private_key: secret }),
  "an argument connection_string": thing({ connection_string: secret }),
  "an argument webhook_url": thing({ webhook_url: `https://hooks.example/${secret}` }),
  "a variable of a container": thing({ environment: [{ name: "DB_PASSWORD", value: secret }] }),
  "a variable STRIPE_KEY": thing({ variables: { STRIPE_KEY: secret } }),
  "an option's value": thing({ setting: [{ option_name: "SECRET_TOKEN", value: secret }] }),
  "a header": thing({ headers: { Authorization: `Bearer ${secret}` } }),
  "a custom header": thing({ custom_header: [{ name: "X-Origin-Verify", value: secret }] }),
  "JSON in a string": note(JSON.stringify({ db: { password: secret } })),
  "container definitions": thing({
    container_definitions: JSON.stringify([{ name: "a", environment: [{ name: "API_TOKEN", value: secret }] }]),
  }),
  "base64 of a script": thing({ user_data: base64(`#!/bin/sh\nexport DB_PASSWORD=${secret}\n`) }),
  "a script's assignment": note(`export TOKEN="${secret}"`),
  "a script's option": note(`mysql --password ${secret} -h db`),
  "an option with =": note(`psql --password=${secret}`),
  YAML: note(`user: app\npassword: ${secret}\n`),
  INI: note(`[db]\npassword = ${secret}\n`),
  "properties of Java": note(`spring.datasource.password=${secret}`),
  XML: note(`<password>${secret}</password>`),
  "a URL with a password": note(`postgres://app:${secret}@db.internal:5432/app`),
  "a URL with a token": note(`https://${secret}1@git.example/x.git`),
  "Go's data source name": note(`app:${secret}@tcp(db:3306)/app`),
  "curl's user": note(`curl -u app:${secret} https://api.example`),
  "a command's list": thing({ command: ["--password", secret] }),
  "a command's list with =": thing({ command: [`--api-key=${secret}`] }),
  "a shared access signature of Azure": note(`https://st.blob.core.windows.net/c?sv=2024&sr=c&sig=${secret}%2Babc%3D`),
  "a signed URL of AWS": note(`https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=${secret}${secret}`),
  "a signed URL of Google": note(`https://storage.googleapis.com/b/o?X-Goog-Signature=${secret}${secret}`),
  "a Secret of Kubernetes": created("kubernetes_manifest.s", {
    manifest: { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { anything: secret } },
  }),
  "a Secret's base64": created("kubernetes_manifest.s", {
    manifest: { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { anything: base64(secret) } },
  }),
  "a private key": note(`-----BEGIN PRIVATE KEY-----\n${secret}${secret}\n-----END PRIVATE KEY-----`),
  "a token of GitHub": note(`ghp_${secret}${secret}ABCD`),
  "a key of AWS": note("AKIAZQ7VX2MLW9RT4KPB"),
  "a signed token": note(`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${secret}`),
};

test("there are forty shapes", () => expect(Object.keys(shapes).length).toBeGreaterThanOrEqual(40));

test.each(Object.entries(shapes))("%s is in no format", (_, change) => {
  const review = reviewOf(change);
  for (const format of formats) {
    const printed = print(review, format);
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain(base64(secret).slice(0, 16));
    expect(printed).not.toContain("AKIAZQ7VX2MLW9RT4KPB");
  }
});

/** Texts that look like secrets, and are none. */
const lookAlikes: readonly (readonly [argument: string, value: string])[] = [
  ["creation_token", "shared-storage"],
  ["token_url", "https://login.example/oauth/token"],
  ["token_type", "id_token"],
  ["client_request_token", "deploy-42"],
  ["password_policy", "strict"],
  ["password_length", "24"],
  ["secret_name", "prod/db"],
  ["secret_permissions", "Get"],
  ["secret_arn", "arn:aws:secretsmanager:us-east-1:1:secret:x"],
  ["secret_id", "projects/p/secrets/s"],
  ["kms_key_id", "arn:aws:kms:us-east-1:1:key/1234"],
  ["key_name", "deployer"],
  ["hash_key", "customer"],
  ["range_key", "created"],
  ["partition_key", "tenant"],
  ["public_key", "ssh-ed25519 AAAAC3Nz"],
  ["token_endpoint", "https://idp.example/token"],
  ["http_tokens", "required"],
  ["auth_type", "iam"],
  ["authorization", "AWS_IAM"],
  ["credentials_path", "/run/creds"],
  ["secrets_manager_region", "eu-west-1"],
  ["access_token_lifetime", "3600"],
  ["token_validity", "30"],
  ["rotation_days", "90"],
  ["signing_algorithm", "RS256"],
  ["session_duration", "PT8H"],
  ["passenger_count", "7"],
  ["compass", "north"],
  ["author", "platform"],
  ["keyspace", "orders"],
  ["monkey", "george"],
  ["description", "Rotates the password of the database"],
  ["note", "uses token-based login"],
  ["command", "echo $PASSWORD"],
  ["script", "export TOKEN=${token}"],
  ["template", "password: {{ .Values.password }}"],
  ["image", "registry.example/secret-agent:1.2"],
  ["hostname", "vault.internal"],
  ["url", "https://example.com/reset-password?lang=en"],
  ["path", "/etc/secrets/tls.crt"],
  ["bucket", "terraform-secrets-backup"],
  ["user", "password-manager"],
];

test("there are forty texts", () => expect(lookAlikes.length).toBeGreaterThanOrEqual(40));

test.each(lookAlikes)("%s = %s stays", (argument, value) => {
  const review = reviewOf(updated("acme_thing.a", { [argument]: "NONE" }, { [argument]: value }));
  expect(review.changes[0]?.differences).toEqual([{ path: argument, before: "NONE", after: value }]);
});

test("words that are secret somewhere do not hide names, files or addresses", () => {
  const storage = marked(created("aws_efs_file_system.shared-storage", { note: "shared-storage" }), { note: true });
  const review = reviewOf(storage, updated("acme_thing.storage", { a: "x" }, { a: "the shared-storage of all" }));
  expect(review.changes.map(({ address }) => address)).toContain("aws_efs_file_system.shared-storage");
  expect(JSON.stringify(review)).toContain("the shared-storage of all");
});

test("a block that is sensitive as a whole shows its keys, and hides its values", () => {
  const change = marked(updated("acme_thing.a", { block: [{ size: "x" }] }, { block: [{ size: secret }] }), {
    block: true,
  });
  const review = reviewOf({ ...change, before_sensitive: { block: true } });
  expect(review.changes[0]?.differences).toEqual([
    {
      path: "block.size",
      before: expect.stringMatching(/^\(sensitive #/),
      after: expect.stringMatching(/^\(sensitive #/),
    },
  ]);
});
