/** What stands in the log before anything is asked: the greeting, what was said before, and what can be asked here. */

import { pageAbout, showAbout } from './about.js';
import { introduction } from './greeting.js';
import { recall } from './kept.js';
import { suggestions, welcome } from './render.js';

const OFFERED = 4;
const MORE = '想了解年度报告里的什么事？请把问题告诉我，我会找出报告里的原话，还可以读给您听。';

export class Opening {
  #parts;
  #client;
  #conversation;
  #log;
  #actions;
  #words = null;
  #asked = null;

  /**
   * @param {Record<string, HTMLElement>} parts as frame() gives them
   * @param {import('./api.js').ApiClient} client
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./turn-log.js').TurnLog} log
   * @param {import('./render.js').Actions & {rest: () => void}} actions
   */
  constructor(parts, client, conversation, log, actions) {
    this.#parts = parts;
    this.#client = client;
    this.#conversation = conversation;
    this.#log = log;
    this.#actions = actions;
  }

  get begun() {
    return this.#words !== null;
  }

  /** Greet, and bring back what was said; nothing happens a second time. */
  begin(greeting) {
    if (this.begun) return;
    this.#words = welcome(`${introduction()}。`, greeting || MORE);
    this.#parts.log.prepend(this.#words);
    const turns = recall();
    this.#conversation.resume(turns);
    for (const turn of turns) this.#log.show(turn);
  }

  /**
   * Ask about what these options say from now on, and offer questions about it.
   * @param {import('./about.js').Options} options
   * @param {boolean} [anew] whether a citizen chose so amid a conversation: then the offer comes at its end
   */
  async about(options, anew = false) {
    const asked = {};
    this.#asked = asked;
    const finding = pageAbout(options, this.#client).then((found) => {
      if (asked === this.#asked) this.#set(found);
      return found;
    });
    this.#conversation.ready = finding;
    const found = await finding;
    const offered = await this.#offers(found);
    if (asked === this.#asked) this.#show(offered, found, anew);
  }

  #set(found) {
    const { about } = this.#parts;
    this.#conversation.about = found?.about ?? null;
    showAbout(about, found, () => {
      this.#conversation.about = null;
      this.#actions.rest();
    });
  }

  /** Only an offer: without it the widget works as well. */
  async #offers(found) {
    const offered = (typed, report) => this.#client.suggest(typed, undefined, report).catch(() => []);
    const own = found ? await offered(found.about.report ? '' : found.prefix, found.about.report) : [];
    return own.length ? own : offered('');
  }

  #show(offered, found, anew) {
    this.#parts.log.querySelector('.offer')?.remove();
    const heading = found?.about.report ? '关于这份报告，您可以这样问' : '您可以这样问';
    const buttons = suggestions(offered.slice(0, OFFERED), heading, this.#actions, found?.prefix);
    if (!buttons) return;
    buttons.classList.add('offer');
    if (anew && this.#conversation.turns.length) {
      buttons.classList.add('reply');
      this.#parts.log.append(buttons);
      buttons.scrollIntoView({ block: 'nearest' });
    } else this.#words.append(buttons);
  }
}
