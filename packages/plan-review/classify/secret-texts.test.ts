import { secretsIn } from "./secret-texts";

const secret = "Zq7hunterXw2pass9";

function told(text: string): string {
  let clean = "";
  let copied = 0;
  for (const { start, end } of secretsIn(text)) {
    clean += `${text.slice(copied, start)}***`;
    copied = end;
  }
  return clean + text.slice(copied);
}

test.each([
  ["in quotes, with what ends one without them", 'export DB_PASSWORD="Zq7&hunt;er, Xw2"', 'export DB_PASSWORD="***"'],
  ["in single quotes, with a dollar first", "export DB_PASSWORD='$uper7ecret'", "export DB_PASSWORD='***'"],
  ["of a few characters", "run --password xK3q --verbose", "run --password *** --verbose"],
  [
    "in JSON within a script",
    'cat <<E\n{"user": "a", "password": "xK3q"}\nE',
    'cat <<E\n{"user": "a", "password": "***"}\nE',
  ],
  ["in JSON within JSON", '{\\"password\\":\\"xK3q\\"}', '{\\"password\\":\\"***\\"}'],
  ["after blanks, as fmt aligns them", 'user      = "a"\npassword  = "xK3q"', 'user      = "a"\npassword  = "***"'],
  ["after tabs", "password\t=\txK3q", "password\t=\t***"],
  ["of a property with a path", "spring.datasource.password: xK3q", "spring.datasource.password: ***"],
  ["in YAML's braces", "db: { user: a, password: xK3q }", "db: { user: a, password: *** }"],
  ["in a block of YAML", "a:\n  password: |\n    one\n    two\n  b: c", "a:\n  password: |\n    ***\n  b: c"],
  ["in a list of YAML", "args:\n- --password\n- xK3q\n", "args:\n- --password\n- ***\n"],
  ["in a list of JSON that is no JSON", '["--password", "xK3q", …]', '["--password", "***", …]'],
  ["as Ruby assigns", 'password => "xK3q"', 'password => "***"'],
  ["as Go assigns", 'password := "xK3q"', 'password := "***"'],
  ["in SQL", "CREATE USER a WITH PASSWORD 'xK3q'", "CREATE USER a WITH PASSWORD '***'"],
  ["in markup", "<user>a</user><password>xK3q</password>", "<user>a</user><password>***</password>"],
  ["of a header", 'curl -H "Authorization: Bearer xK3q" https://x', 'curl -H "Authorization: Bearer ***" https://x'],
  ["of a header with a key", 'curl -H "x-api-key: xK3q" https://x', 'curl -H "x-api-key: ***" https://x'],
  ["of curl", "curl -u user:xK3q https://x", "curl -u user:*** https://x"],
  ["in the options of a variable", "JAVA_OPTS=-Ddb.password=xK3q", "JAVA_OPTS=-Ddb.password=***"],
  ["after a newline that is written out", "A=b\\nDB_PASSWORD=xK3q", "A=b\\nDB_PASSWORD=***"],
  ["in a URL", "postgres://u:xK3q@h/db", "postgres://u:***@h/db"],
  ["in a URL whose user has a host", "postgres://app@srv:xK3q@srv.db/x", "postgres://app@srv:***@srv.db/x"],
  ["as the user of a URL", `https://${secret}@example.com/a`, "https://***@example.com/a"],
  ["in a source of Go", "app:xK3q@tcp(db:3306)/x", "app:***@tcp(db:3306)/x"],
])("a secret %s is found", (_, text, expected) => expect(told(text)).toBe(expected));

test.each([
  "export DB_PASSWORD=$FROM_ELSEWHERE",
  ["export DB_PASSWORD=", '"$', '{FROM_ELSEWHERE}"'].join(""),
  "password: {{ .Values.password }}",
  "password: $(cat /run/secrets/db)",
  "token = <your token>",
  "--secret arn:aws:secretsmanager:us-east-1:111111111111:secret:db-abc",
  "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-abc",
  '{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}',
  "the password is rotated monthly",
  "docker run -u 1000:1000 image",
  "https://example.com:8080/a@b",
  "ssh://git@example.com/a",
])("%s has none", (text) => expect(secretsIn(text)).toEqual([]));

// In parts, or scanners for secrets would find it here.
test.each([
  ["encrypted", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIEpAIB\n-----END RSA PRIVATE KEY-----"],
  ["cut off", "MIIEpAIBAAKCAQEA"],
])("a private key that is %s is found whole", (_, rest) => {
  const key = `${["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ")}\n${rest}`;
  expect(secretsIn(`key ${key}`)).toEqual([{ start: 4, end: 4 + key.length }]);
});
