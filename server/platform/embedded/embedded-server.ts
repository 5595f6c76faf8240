/** A running server of ours. */
export interface EmbeddedServer {
  url: string;
  port: number;
  /** The server's own process id: what a fault test kills or freezes. */
  pid: number;
  /** `MongoDB 6.0.5 (mongod from …) at 127.0.0.1:40123` */
  description: string;
  /** Resolves with the exit status when the server has gone, however it went. */
  exited: Promise<number>;
  /** Stops it cleanly (SIGTERM) and waits until it is gone; harmless on one that is gone already. */
  stop(): Promise<void>;
}
