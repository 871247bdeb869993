import { cruise } from './check/cruise.ts';
import { draw } from './check/drawing.ts';

draw((await cruise()).modules);
