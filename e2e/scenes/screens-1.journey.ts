import { walk } from './walk.ts';

walk({ part: 1, of: 2 });
