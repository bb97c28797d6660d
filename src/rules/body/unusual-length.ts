import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/unusual-length',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Lists with fixed places have all of them, and no more.',
  because: 'A list that is longer or shorter than usual is misread by who counts on the places.',
  remedy: 'Write it as `dvrscope explain <object>` shows.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a serial line without its stop bit',
        login(),
        client(1, 1040, {
          Name: 'Uart.Comm',
          'Uart.Comm': [{ Attribute: [115200, 'NONE', 8], PortNo: 1, ProtocolName: 'Console' }],
        }),
        device(1.1, 1041),
      ),
    ],
  }),
});
