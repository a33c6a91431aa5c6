/**
 * The one address that another site embeds: `<script type="module" src="https://HOST/widget.js"></script>`.
 * It is served at the root of the server, so the path below is the address of the modules, not of this file's folder.
 */
import './web/widget/widget-define.js';
