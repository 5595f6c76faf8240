import 'htmx.org';
import { enhanceFilters } from './auto-submit';
import { enhanceBatchBars } from './batch-bar';
import { enhanceConfirmations } from './confirm-dialog';
import { enhanceCopyButtons } from './copy-button';
import { focusErrors } from './error-focus';
import { enhanceGiving } from './give-form';
import { keepChoices } from './kept-choices';
import { enhanceListKeys } from './list-keys';
import { enhanceListening } from './listen';
import { enhancePasswords } from './password';
import { enhancePrinting } from './print-button';
import { placeReturnedForm } from './returned-form';

/** Every page works without this file. Each module looks below `root` for what it can make easier, and may be run again after a swap. */
function enhance(root: ParentNode): void {
  enhanceCopyButtons(root);
  enhanceFilters(root);
  enhanceBatchBars(root);
  enhanceConfirmations(root);
  keepChoices(root); // before what shows the choices
  enhanceGiving(root);
  enhanceListKeys(root);
  enhanceListening(root);
  enhancePasswords(root);
  enhancePrinting(root);
  focusErrors(root);
}

placeReturnedForm(); // before what is kept by the page's address
enhance(document);
document.addEventListener('htmx:after:swap', (event) => enhance(event.target instanceof Element ? event.target : document));
