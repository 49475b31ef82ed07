const net=require('net'),dns=require('dns'),os=require('os');
const log=(...a)=>console.log(...a);
const once=(e,n)=>new Promise(r=>e.once(n,(...a)=>r(a)));
(async()=>{
 const s=net.createServer({allowHalfOpen:true},c=>{log('conn',c.remoteAddress,c.localAddress,c.remoteFamily,typeof c.remotePort);c.setEncoding('utf8');c.on('data',d=>c.write('echo '+d));c.on('end',()=>{c.end('bye')});});
 log(s.listening,s.address()); s.listen(4000,()=>log('listening',s.address())); await once(s,'listening');
 const c=net.connect(4000,'localhost'); c.setEncoding('utf8'); await once(c,'connect'); log(c.remoteAddress,c.remotePort,c.remoteFamily,c.connecting,c.readyState); c.write('hi'); log((await once(c,'data'))[0]); c.end(); log((await once(c,'data'))[0]); log(await once(c,'close'));
 const s2=net.createServer(); s2.listen(4000); log((await once(s2,'error'))[0].message); 
 const s3=net.createServer(); s3.listen(0,'127.0.0.1'); await once(s3,'listening'); log(s3.address().address,s3.address().family,s3.address().port>1024); s3.close(); await once(s3,'close'); log(s3.address(),s3.listening); s3.close(e=>log(e.code,e.message));
 for (const [h,p] of [['127.0.0.1',4999],['localhost',4999],['::1',4999],['nope.invalid',80]]) { const x=net.connect(p,h); const [e]=await once(x,'error'); log(e.constructor.name,e.code,e.message,e.syscall,e.address,e.port,e.hostname,e.errors&&e.errors.map(q=>q.message)); }
 s.close(); await once(s,'close');
 const u=net.createServer(c=>c.end('unix')); u.listen('/tmp/core-t.sock'); await once(u,'listening'); log(u.address(),require('fs').statSync('/tmp/core-t.sock').isSocket()); const uc=net.connect('/tmp/core-t.sock'); uc.setEncoding('utf8'); log((await once(uc,'data'))[0]); await once(uc,'close'); const u2=net.createServer(); u2.listen('/tmp/core-t.sock'); log((await once(u2,'error'))[0].message); u.close(); await once(u,'close'); log(require('fs').existsSync('/tmp/core-t.sock')); const un=net.connect('/tmp/nope.sock'); const [ue]=await once(un,'error'); log(ue.message,ue.code,ue.address);
 const ts=net.createServer(c=>{}); ts.listen(4002); const tc=net.connect(4002); tc.setTimeout(50); await once(tc,'timeout'); log('timeout',tc.timeout); tc.destroy(); log(await once(tc,'close')); 
 const rs=net.createServer(c=>{c.resetAndDestroy()}); rs.listen(4003); const rc=net.connect(4003); rc.on('error',e=>log(e.code)); log(await once(rc,'close')); rs.close(); ts.close();
 log(net.isIP('::1'),net.isIPv4('1.2.3.4'),net.isIP('x'));
 const bs=net.createServer(c=>{let n=0;c.on('data',d=>n+=d.length);c.on('end',()=>c.end(String(n)))}); bs.listen(4004); const bc=net.connect({port:4004}); bc.end(Buffer.alloc(3e6)); bc.setEncoding('utf8'); log((await once(bc,'data'))[0],bc.bytesWritten); bs.close();
 const bad=net.createServer(); try{bad.listen(70000)}catch(e){log(e.code,e.message)} bad.listen(4005,'10.9.8.7'); log((await once(bad,'error'))[0].message);
 const ex=net.createServer(); ex.listen({port:80,exclusive:true}); log((await Promise.race([once(ex,'listening').then(()=>['ok']),once(ex,'error')]))[0]); ex.close();
 const bl=new net.BlockList(); bl.addAddress('1.2.3.4'); bl.addSubnet('10.0.0.0',8); bl.addRange('5.0.0.1','5.0.0.9'); log(bl.check('1.2.3.4'),bl.check('10.2.3.4'),bl.check('5.0.0.5'),bl.check('8.8.8.8'),bl.rules); log(new net.SocketAddress({address:'1.2.3.4',port:5}));
})();
