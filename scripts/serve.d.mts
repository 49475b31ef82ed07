import type { Server } from 'node:http';

export function serve(options: {
  dir: string;
  port?: number;
  host?: string;
}): Promise<{ url: string; port: number; server: Server; close(): Promise<void> }>;
