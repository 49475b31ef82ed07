const {Worker,isMainThread,parentPort,workerData,threadId,MessageChannel,receiveMessageOnPort,BroadcastChannel,resourceLimits}=require('worker_threads');
if (isMainThread) (async()=>{
  console.log('main',threadId);
  const run=(opts,code)=>new Promise(r=>{const ev=[];const w=code?new Worker(code,{eval:true,...opts}):new Worker(__filename,opts);w.on('online',()=>ev.push('online'));w.on('message',m=>ev.push(m));w.on('error',e=>ev.push('error '+e.name+' '+e.message));w.on('exit',c=>{ev.push('exit '+c);r(ev)});});
  console.log(await run({workerData:{a:1,b:new Map([[1,{x:2n}]])}}));
  console.log(await run({},`const {parentPort}=require('worker_threads'); parentPort.on('message',m=>{});parentPort.postMessage('hi'); setTimeout(()=>process.exit(7),10)`));
  console.log(await run({},`throw new TypeError('boom')`));
  console.log(await run({},`Promise.reject(new Error('rej'))`));
  console.log(await run({},`process.stdout.write('from worker\\n'); console.error('werr'); require('worker_threads').parentPort.postMessage(process.argv.length)`));
  const w=new Worker(`const {parentPort,workerData}=require('worker_threads');const a=new Int32Array(workerData);parentPort.on('message',({port})=>{port.postMessage({answer:42}); Atomics.add(a,0,1); Atomics.notify(a,0);})`,{eval:true,workerData:new SharedArrayBuffer(4)});
  const sab=new SharedArrayBuffer(4); 
  const w2=new Worker(`const {parentPort,workerData}=require('worker_threads');const a=new Int32Array(workerData.sab);parentPort.on('message',({port})=>{port.postMessage({answer:42}); Atomics.add(a,0,1); Atomics.notify(a,0);})`,{eval:true,workerData:{sab}});
  const {port1,port2}=new MessageChannel();
  w2.postMessage({port:port2},[port2]);
  const r=Atomics.wait(new Int32Array(sab),0,0,5000);
  console.log(r,receiveMessageOnPort(port1),receiveMessageOnPort(port1));
  port1.close();
  console.log('terminate',await w2.terminate(), await w.terminate());
  const ab=new ArrayBuffer(8); const w3=new Worker(`const {parentPort}=require('worker_threads');parentPort.once('message',m=>{parentPort.postMessage(m,[m.ab])})`,{eval:true});
  w3.postMessage({ab},[ab]); console.log(ab.byteLength); w3.once('message',m=>console.log('back',m)); await new Promise(r=>w3.on('exit',r));
  const w4=new Worker(`const {BroadcastChannel}=require('worker_threads');const b=new BroadcastChannel('c');b.onmessage=e=>{b.postMessage('re '+e.data);b.close()};require('worker_threads').parentPort.postMessage('up')`,{eval:true});
  const bc=new BroadcastChannel('c'); bc.onmessage=e=>{console.log('bc',e.data);bc.close()}; w4.once('message',()=>bc.postMessage('x')); await new Promise(r=>w4.on('exit',r));
  const w5=new Worker('data'.length&&new URL('data:text/javascript,import {parentPort} from "worker_threads";parentPort.postMessage("esm")')); w5.on('message',console.log); await new Promise(r=>w5.on('exit',r));
  const w6=new Worker(`console.log('captured');console.error('e')`,{eval:true,stdout:true,stderr:true}); let o=''; w6.stdout.on('data',d=>o+=d);await new Promise(r=>w6.on('exit',r)); console.log(JSON.stringify(o));
  const w7=new Worker(`const {Worker,threadId,parentPort}=require('worker_threads');const n=new Worker('require("worker_threads").parentPort.postMessage("nested")',{eval:true});n.on('message',m=>parentPort.postMessage([m]))`,{eval:true}); w7.on('message',m=>console.log(m)); await new Promise(r=>w7.on('exit',r));
  console.log(await run({env:{A:'1'}},`require('worker_threads').parentPort.postMessage([process.env.A,Object.keys(process.env).length])`));
  try{new Worker('rel.js')}catch(e){console.log(e.code)} 
  console.log(await run({resourceLimits:{maxOldGenerationSizeMb:64}},`require('worker_threads').parentPort.postMessage(require('worker_threads').resourceLimits.maxOldGenerationSizeMb)`));
  console.log(await run({},`try{process.chdir('/')}catch(e){require('worker_threads').parentPort.postMessage(e.code)}`));
})(); else { console.log('thread',threadId,workerData); parentPort.postMessage({got:workerData, pid:process.pid===process.pid}); process.on('exit',c=>console.log('wexit',c)); }
