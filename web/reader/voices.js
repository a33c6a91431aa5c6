/** 切换: the next of the server's voices, and with it another figure of 安安. */

import { avatar } from '../widget/avatar.js';
import { write } from '../widget/dom.js';
import { sheet } from '../widget/tokens.js';
import { choices, follow } from './choices.js';

/** The figure of the first voice wears the usual blue; each further one has its clothes and ring turned so far, degrees. */
const [BLUE, TURN] = [206, 135];

export class Voices {
  #client;
  #coming;
  #voices = [];
  #parts;
  #colour = sheet('');

  /**
   * @param {import('../widget/api.js').ApiClient} client
   * @param {ReturnType<import('./parts.js').parts>} parts
   * @param {ShadowRoot} shadow
   */
  constructor(client, parts, shadow) {
    this.#client = client;
    this.#parts = parts;
    shadow.adoptedStyleSheets.push(this.#colour);
    follow('voice', () => this.#show());
  }

  /** Ask the server once what it has; with one voice, or where it does not say, there is nothing to change. */
  async learn() {
    this.#coming ??= this.#client.voices();
    this.#voices = await this.#coming;
    this.#parts.change.hidden = this.#voices.length < 2;
    this.#show();
  }

  change() {
    const figure = (this.#figure + 1) % this.#voices.length;
    choices.set('voice', { ...this.#voices[figure], figure });
  }

  /** The place of the chosen voice in the list, or of the server's own choice. */
  get #figure() {
    const chosen = choices.get('voice')?.name;
    return this.#voices.findIndex((each) => (chosen ? each.name === chosen : each.default));
  }

  #show() {
    const { bar, face, change } = this.#parts;
    const chosen = choices.get('voice');
    const { label = '', sex } = chosen ?? this.#voices[this.#figure] ?? {};
    const figure = Number(chosen?.figure) || 0;
    write(change, label ? `切换声音：${label}` : '切换声音');
    bar.classList.toggle('other', figure > 0);
    this.#colour.replaceSync(`.bar { --figure: hsl(${BLUE + TURN * figure} 60% 38%); }`);
    face.replaceChildren(avatar(sex === 'male' ? 'boy' : 'girl'));
  }
}
