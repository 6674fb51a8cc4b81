-- LUA001 (global 'package')
package.loadlib("libc.so.6", "system")
