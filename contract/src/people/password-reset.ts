import { z } from 'zod';
import { password } from './setup.ts';

/** POST /password-resets: a link to the address, if somebody has it; the answer is the same if nobody does. */
export const resetAsked = z.strictObject({ email: z.email() });
export const resetParams = z.strictObject({ token: z.string().min(1).max(200) });
export const reset = z.object({ email: z.string() });
export const resetBody = z.strictObject({ password });
