import { walk } from './walk.ts';

walk({ part: 2, of: 2 });
