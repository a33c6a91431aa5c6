/** Registers `<anan-reader>`. */

import { AnanReaderElement } from './reader-element.js';

if (!customElements.get('anan-reader')) customElements.define('anan-reader', AnanReaderElement);

export { AnanReaderElement };
