/** Building elements without markup text: everything that came from elsewhere goes in as text, never as HTML. */

/**
 * One element. A property that is undefined, null or false is left out; `class`, `data-…`, `aria-…` are set as attributes.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

/**
 * A push button with its handler.
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {(event: MouseEvent) => void} onPress
 * @param {...(Node | string)} children
 * @returns {HTMLButtonElement}
 */
export function button(attributes, onPress, ...children) {
  const made = /** @type {HTMLButtonElement} */ (element('button', { type: 'button', ...attributes }, ...children));
  made.addEventListener('click', onPress);
  return made;
}

/**
 * Write text only where it differs, so that nothing is announced or repainted twice.
 * @param {Node} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Give an element a property for each of its attributes: its text, null for none.
 * @param {typeof HTMLElement} type with observedAttributes
 */
export function reflect(type) {
  for (const name of type.observedAttributes) {
    Object.defineProperty(type.prototype, name, {
      get() {
        return this.getAttribute(name);
      },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
      configurable: true,
      enumerable: true,
    });
  }
}

/** Whether fingers are the main way to point here, so that focus in a text field brings up a keyboard. */
export function touched() {
  return matchMedia('(pointer: coarse)').matches;
}

/** Whether a key belongs to an input method: Enter takes a candidate there and Escape drops it. Safari says so only by 229. */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}
