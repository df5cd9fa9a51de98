// The live line to the demo. A line that broke is opened again, and everything is read anew afterwards,
// because whatever happened meanwhile was told to nobody.

const KINDS = ["chat", "typing", "toast", "clock", "accounts", "faults"];
const LONGEST = 10000;

export class Line {
  #listeners;
  #pause = 500;
  #broken = false;
  #source = null;

  /** `listeners` has a function for each kind of event, plus `state("live"|"broken")` and `again()`. */
  constructor(listeners) {
    this.#listeners = listeners;
    this.#open();
    addEventListener("pagehide", () => this.#source.close());
    addEventListener("pageshow", (event) => event.persisted && this.#resume());
  }

  #open() {
    const source = new EventSource("/sim/events");
    this.#source = source;
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed(source));
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.#listeners[kind]?.(read(event.data)));
    }
  }

  /** Back from the browser's memory: a line that was closed on the way out heard nothing either. */
  #resume() {
    this.#broken = true;
    this.#open();
  }

  #opened() {
    this.#pause = 500;
    this.#listeners.state("live");
    if (this.#broken) this.#listeners.again();
    this.#broken = false;
  }

  #failed(source) {
    this.#broken = true;
    this.#listeners.state("broken");
    source.close();
    setTimeout(() => this.#open(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST);
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
