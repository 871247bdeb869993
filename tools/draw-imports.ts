import { cruise } from './check/cruise.ts';
import { draw } from './check/drawing.ts';
import { drawRulesTable } from './check/rules-table.ts';

draw((await cruise()).modules);
drawRulesTable();
