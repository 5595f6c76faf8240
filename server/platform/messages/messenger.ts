/** A text message or mail to one person. */
export interface Message {
  /** Names the message: sending it again under the same key is the same message. */
  key: string;
  by: 'sms' | 'mail';
  to: string;
  text: string;
}

/** Where messages leave the county. Adapters to a gateway implement it; they must take a repeated key as done. */
export interface Messenger {
  send(message: Message): Promise<void>;
}
