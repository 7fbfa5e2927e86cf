// A station in another language. All it knows it reads in the published contract, shared/events/asyncapi.json:
//   NATS_URL=tls://bus:4222 NATS_CREDS=station.creds NATS_CA=ca.pem node station.mjs 150424100202
// It logs today's inspection, hears the verdict, looks it up again, and prints it.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, credsAuthenticator, headers } from "@nats-io/transport-node";

const PATIENCE = 20_000; // milliseconds
const contract = JSON.parse(readFileSync(new URL("../../shared/events/asyncapi.json", import.meta.url), "utf8"));
const { NATS_URL, NATS_CREDS, NATS_CA } = process.env;
const [submitter] = process.argv.slice(2);

const at = (reference) => reference.slice(2).split("/").reduce((part, name) => part[name], contract);
const address = (pattern, named) => pattern.replace(/{(\w+)}/g, (_, name) => named[name]);

function inspection(operation, submission) {
  const { examples } = at(at(operation.messages[0].$ref).$ref);
  const { headers: told, payload } = examples.find((one) => one.payload.patrol === "station");
  const own = { "ce-id": submission, "ce-source": submitter, "ce-subject": submitter };
  const said = { ...told, ...own, "ce-time": new Date().toISOString() };
  const body = JSON.stringify({ ...payload, score: 9800, findings: [] });
  const digest = createHash("sha256").update(JSON.stringify(said) + body).digest("hex").slice(0, 16);
  return { said: { ...said, "Nats-Msg-Id": `${submitter}/${submission}/${digest}` }, body };
}

const station = await connect({
  servers: NATS_URL,
  inboxPrefix: `_INBOX_${submitter}`,
  authenticator: NATS_CREDS && credsAuthenticator(readFileSync(NATS_CREDS)),
  tls: NATS_CA && { caFile: NATS_CA },
});

const operation = contract.operations["receive-log-inspection"];
const named = { submitter, submission: randomUUID() };
const answer = at(operation.reply.channel.$ref);
const hearing = station.subscribe(address(answer.address, named), { max: 1, timeout: PATIENCE });

const { said, body } = inspection(operation, named.submission);
const attributes = headers();
Object.entries(said).forEach(([name, value]) => attributes.set(name, value));
const subject = address(at(operation.channel.$ref).address, named);
const stored = (await station.request(subject, body, { headers: attributes, timeout: PATIENCE })).json();
if (stored.error) throw new Error(`not stored: ${stored.error.description}`);

for await (const heard of hearing) {
  const id = heard.headers.get("ce-id");
  if (!id.endsWith(`/${submitter}/${named.submission}/verdict`)) throw new Error(`not its verdict: ${id}`);
  const kept = await station.request(address(answer["x-looked-up-at"], named), "", { timeout: PATIENCE });
  if (kept.string() !== heard.string()) throw new Error(`heard ${heard.string()}, kept ${kept.string()}`);
  console.log(heard.string());
}
await station.close();
