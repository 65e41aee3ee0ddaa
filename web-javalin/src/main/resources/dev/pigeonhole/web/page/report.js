// The report of an evaluation, which lies on a disk: what it shows is in the page itself. Without script, plain tables stand here.
import { byId, replace } from './dom.js';
import { qualityView } from './quality.js';

replace(byId('quality'), qualityView(JSON.parse(byId('evaluation').textContent)));
