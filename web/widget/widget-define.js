/** Registers `<anan-widget>` and, where the page has none of its own, adds one at the end of the body. */

import './listening.js';
import { AnanWidgetElement } from './widget-element.js';

const TAG = 'anan-widget';

function install() {
  if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
}

// A second copy, from another server or under another address, leaves the first one in place.
if (!customElements.get(TAG)) {
  customElements.define(TAG, AnanWidgetElement);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', install, { once: true });
  else install();
}

export { AnanWidgetElement };
