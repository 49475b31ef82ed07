export {
  basePath,
  contract,
  contractVersion,
  dereference,
  endpointPointer,
  endpoints,
  generalRules,
  lookUp,
  rulePointer,
  rules,
  rulesOf,
  schemaPointer,
  type Endpoint,
} from './document.ts';
export { compareWithSchema } from './schema.ts';
