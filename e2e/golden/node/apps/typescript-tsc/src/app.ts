import express, { type NextFunction, type Request, type Response } from 'express';
import { Service } from './service';
import type { User } from './types';

enum Role { Admin = 'admin', Guest = 'guest' }
namespace Text { export const hello = (name: string): string => `Hello ${name}`; }
function log(prefix: string) {
  return (target: object, key: string, descriptor: PropertyDescriptor): void => {
    const original = descriptor.value as (...args: unknown[]) => unknown;
    descriptor.value = function (...args: unknown[]) {
      calls.push(`${prefix}${key}(${JSON.stringify(args)})`);
      return original.apply(this, args);
    };
  };
}
const calls: string[] = [];
class Controller {
  constructor(private readonly service: Service) {}
  @log('> ')
  find(id: number): User | undefined { return this.service.find(id); }
}
abstract class HttpError extends Error { abstract readonly status: number; }
class NotFound extends HttpError { readonly status = 404; }
const controller = new Controller(new Service());
const app = express();
app.use(express.json());
app.get('/users/:id', (req: Request<{ id: string }>, res: Response<User>, next: NextFunction) => {
  const user = controller.find(Number(req.params.id));
  if (!user) return next(new NotFound(`no user ${req.params.id}`));
  res.json({ ...user, role: Role.Admin } as User);
});
app.get('/hello/:name', (req, res) => void res.send(Text.hello(req.params.name!)));
app.get('/calls', (_req, res) => void res.json({ calls, role: Role }));
app.get('/where', (_req, res) => {
  const line = new Error('here').stack!.split('\n')[1]!;
  res.json({ line: /app\.(ts|js):\d+/.exec(line)?.[0] });
});
app.get('/throw', () => { throw new TypeError('typed'); });
app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
  res.status(error instanceof HttpError ? error.status : 500).json({ name: error.constructor.name, message: error.message });
});
app.listen(Number(process.env.PORT ?? 3000), () => console.log('ts up'));
