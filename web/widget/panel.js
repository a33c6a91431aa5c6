/** The dialog and its menu: how they open and close, what Escape takes away, and where the focus goes. */

import { composing, touched } from './dom.js';
import { SMALL_SCREEN } from './styles.js';

export class Panel {
  #parts;
  #host;
  #back;

  /**
   * @param {Record<string, HTMLElement>} parts as frame() gives them
   * @param {HTMLElement & {open: () => void, close: () => void}} host
   * @param {() => void} back from the message form to the conversation
   */
  constructor(parts, host, back) {
    this.#parts = parts;
    this.#host = host;
    this.#back = back;
    const { dialog, launcher, close, more, menu } = parts;
    launcher.addEventListener('click', () => host.open());
    close.addEventListener('click', () => host.close());
    more.addEventListener('click', () => this.openMenu(menu.hidden));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#leave();
    });
    dialog.addEventListener('close', () => {
      // Closed by the system's back gesture.
      if (!dialog.open) host.close();
    });
    dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || composing(event)) return;
      // A modal dialog would hear of it once more, as `cancel`, and take away the next thing too.
      event.preventDefault();
      this.#leave();
    });
    // The page sees typing and pressing in a shadow tree as on the host, and would run its own shortcuts or take back what
    // a press does.
    for (const type of ['keydown', 'keyup', 'keypress', 'click']) dialog.addEventListener(type, (event) => event.stopPropagation());
  }

  get isOpen() {
    return this.#parts.dialog.open;
  }

  /** Whether the dialog fills a frame: then it cannot be closed, and takes no focus from the page around. */
  get #framed() {
    return this.#parts.root.hasAttribute('data-framed');
  }

  /** Show the dialog. */
  open() {
    this.#parts.launcher.hidden = true;
    this.#show();
  }

  /** Focus where a conversation begins. On a telephone focus in the input would cover the greeting with the keyboard. */
  focus() {
    const { input, title } = this.#parts;
    if (!this.#framed) (touched() ? title : input).focus();
  }

  /** @returns {boolean} whether it was open */
  close() {
    const { dialog, launcher } = this.#parts;
    if (dialog.open) dialog.close();
    if (!launcher.hidden) return false;
    launcher.hidden = false;
    launcher.focus();
    return true;
  }

  /** Watch the screen being turned or resized: modal when it is small, beside the page when it is not. */
  follow(signal) {
    const { dialog, root } = this.#parts;
    const reshow = () => {
      if (!dialog.open) return;
      const focused = root.getRootNode().activeElement;
      dialog.close();
      this.#show();
      focused?.focus();
    };
    matchMedia(SMALL_SCREEN).addEventListener('change', reshow, { signal });
  }

  /** @param {boolean} open */
  openMenu(open) {
    const { menu, more, root } = this.#parts;
    if (!open && menu.contains(root.getRootNode().activeElement)) more.focus();
    menu.hidden = !open;
    more.setAttribute('aria-expanded', String(open));
  }

  #show() {
    const { dialog } = this.#parts;
    // show() would take the focus away from the page around the frame.
    if (this.#framed) dialog.open = true;
    else if (matchMedia(SMALL_SCREEN).matches) dialog.showModal();
    else dialog.show();
  }

  /** Escape takes away one thing at a time: the menu, the message form, the dialog. */
  #leave() {
    const { menu, more, sheet } = this.#parts;
    if (!menu.hidden) {
      this.openMenu(false);
      more.focus();
    } else if (!sheet.hidden) this.#back();
    else if (!this.#framed) this.#host.close();
  }
}
