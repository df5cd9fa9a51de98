// What the page asks of the demo. Every failure is an Error with a sentence and, when known, the status.

async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error("The demo does not answer.");
  }
  if (!answer.ok) {
    const failure = new Error(await reason(answer));
    failure.status = answer.status;
    throw failure;
  }
  const text = await answer.text();
  return text ? JSON.parse(text) : {};
}

async function reason(answer) {
  const text = await answer.text();
  try {
    const said = JSON.parse(text);
    return said.description ?? said.error ?? text;
  } catch {
    return text && text.length < 200 && !text.startsWith("<") ? text : `The demo answered ${answer.status}.`;
  }
}

/** Null when the demo does not offer this, so that the page can leave the control out. */
async function offered(promise) {
  try {
    return await promise;
  } catch (failure) {
    if (failure.status === 404 || failure.status === 405) return null;
    throw failure;
  }
}

const get = (path) => ask("GET", path);
const post = (path, body = {}) => ask("POST", path, body);
const chat = (id, act) => `/sim/chats/${encodeURIComponent(id)}${act ? `/${act}` : ""}`;

export const state = () => get("/sim/state");
export const chatOf = (id) => get(chat(id));
export const say = (id, text) => post(chat(id, "text"), { text });
export const press = (id, message_id, row, column) => post(chat(id, "press"), { message_id, row, column });
export const answerTo = (query) => get(`/sim/queries/${encodeURIComponent(query)}?wait=5`);
export const block = (id) => post(chat(id, "block"));
export const unblock = (id) => post(chat(id, "unblock"));
export const remove = (id, message_id) => post(chat(id, "delete"), { message_id });
export const share = (id, kind, body = {}) => post(chat(id, kind), body);
export const wind = (seconds) => post("/sim/clock", { forward_seconds: seconds });
export const fault = (mode) => post("/sim/faults", { mode, share: 1, methods: null, seconds: null });
export const newAccount = (name, language_code) => post("/sim/accounts", { name, language_code });

export const cast = () => offered(get("/demo/cast"));
export const drawers = () => offered(get("/demo/drawers"));
export const newPhone = (language, role) => offered(post("/demo/phones", { language, role }));
