-- LUA001 (global 'os')
os.execute("touch /tmp/owned")
