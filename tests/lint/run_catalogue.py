#!/usr/bin/python3
"""Checks the data of src/catalogue/data/ against the counts and shapes of the standards, and that the
generator refuses data that its tables could not hold. Prints TAP."""
import collections
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
DATA = os.path.join(ROOT, 'src', 'catalogue', 'data')
GENERATOR = os.path.join(ROOT, '.build', 'release', 'generate-catalogue')


# The files keep to a small part of YAML (two-space steps, one-line values, lists of records), so that a
# second, simple reader can hold the compiler's reading against another one.
def read_value(text):
    if text.startswith('['):
        return [read_value(part) for part in re.findall(r'"[^"]*"|[^\s,\[\]][^,\[\]]*', text[1:-1])]
    if text.startswith('"'):
        return text[1:-1]
    return {'true': True, 'false': False}.get(text, int(text) if text.isdigit() else text)


def read_file(path):
    root = {}
    open_maps = [(-1, root)]  # (column of its keys - 1, map)
    lists = {}  # column of the dashes -> the list being filled
    with open(path, encoding='ascii') as stream:
        for number, line in enumerate(stream, 1):
            body = line.strip()
            if not body or body.startswith('#'):
                continue
            column = len(line) - len(line.lstrip(' '))
            if body.startswith('- '):
                record = {}
                lists[column].append(record)
                open_maps = [entry for entry in open_maps if entry[0] < column] + [(column + 1, record)]
                body, column = body[2:], column + 2
            open_maps = [entry for entry in open_maps if entry[0] < column]
            key, colon, value = body.partition(':')
            target = open_maps[-1][1]
            if not colon or key in target:
                raise ValueError('%s:%d: cannot read %r' % (path, number, body))
            if value.strip():
                target[key] = read_value(value.strip())
            else:
                target[key] = lists[column + 2] = []
    return root


def natural(text):
    return [(0, int(part), '') if part.isdigit() else (1, 0, part) for part in re.findall(r'\d+|\D+', text)]


results = []


def check(name, *pairs):
    """One TAP line: every pair is (found, expected)."""
    wrong = [(found, expected) for found, expected in pairs if found != expected]
    results.append(not wrong)
    print('%sok %d - %s' % ('not ' if wrong else '', len(results), name))
    for found, expected in wrong[:5]:
        print('#   found    %.300r\n#   expected %.300r' % (found, expected))


def ids(records, key='id'):
    return [record[key] for record in records]


files = {os.path.basename(path)[:-5]: read_file(path) for path in sorted(glob.glob(os.path.join(DATA, '*.yaml')))}
new, old = files['iso27001-2022-annex-a'], files['iso27001-2013-annex-a']
clauses = files['iso27001-2022-clauses']['clauses']
MAPPINGS = {'map-nist-csf-2.0': (274, 87, 244), 'map-nis2-2024-2690': (95, 27, 95), 'map-nis2-article-21': (81, 0, 0),
            'map-dora': (51, 0, 0), 'map-soc2-tsc-2017': (174, 0, 0), 'map-iso27017': (15, 0, 0), 'map-iso27018': (39, 0, 0)}
OWN_READING = {'map-iso27017', 'map-iso27018'}  # nobody else has these pairs
ITEMS = {'map-nist-csf-2.0': 106, 'map-nis2-2024-2690': 49, 'map-nis2-article-21': 10, 'map-dora': 21, 'map-soc2-tsc-2017': 61,
         'map-iso27017': 7, 'map-iso27018': 25}

check('every file is known', (sorted(files), sorted(list(MAPPINGS) + [
    'iso27000-family', 'iso27001-2013-annex-a', 'iso27001-2022-annex-a', 'iso27001-2022-clauses', 'iso27017-2015',
    'iso27018', 'management-review-inputs', 'risk-treatment-options'])))

themes = [('A.5', 37), ('A.6', 8), ('A.7', 14), ('A.8', 34)]
check('2022: 93 controls = 37 + 8 + 14 + 34',
      (ids(new['controls']), ['%s.%d' % (theme, i + 1) for theme, count in themes for i in range(count)]),
      ([(theme['id'], theme['count']) for theme in new['themes']], themes),
      (collections.Counter(c['theme'] for c in new['controls']), collections.Counter(
          {theme['theme']: theme['count'] for theme in new['themes']})))
check('2022: 11 new, 24 merged, 23 renamed, 35 unchanged',
      (dict(collections.Counter(c['change'] for c in new['controls'])),
       {'new': 11, 'merged': 24, 'renamed': 23, 'unchanged': 35}),
      ([c['id'] for c in new['controls'] if (c['change'] == 'new') != (not c['replaces_2013'])], []),
      ([c['id'] for c in new['controls'] if (c['change'] == 'merged') != (len(c['replaces_2013']) > 1)], []),
      (ids(c for c in new['controls'] if c['new_in_2022'] != (c['change'] == 'new')), []))
check('2022: titles are unique, seldom worded otherwise in 27002',
      (len(set(ids(new['controls'], 'title'))), 93),
      ([c['id'] for c in new['controls'] if 'title_27002' in c], ['A.5.21', 'A.5.34', 'A.8.1']),
      (sum(',' in c['title'] for c in new['controls']), 6))

WORDS = {
    'control_type': 'preventive detective corrective',
    'properties': 'confidentiality integrity availability',
    'cybersecurity_concepts': 'identify protect detect respond recover',
    'operational_capabilities': 'governance asset_management information_protection human_resource_security '
                                'physical_security system_and_network_security application_security '
                                'secure_configuration identity_and_access_management '
                                'threat_and_vulnerability_management continuity supplier_relationships_security '
                                'legal_and_compliance information_security_event_management '
                                'information_security_assurance',
    'security_domains': 'governance_and_ecosystem protection defence resilience',
}
check('2022: attributes have the values of ISO/IEC 27002, and every value is used',
      *[(set(word for c in new['controls'] for word in c[key]), set(words.split())) for key, words in WORDS.items()],
      *[([c['id'] for c in new['controls'] if not c[key]], []) for key in WORDS])

check('2013: 14 domains, 35 objectives, 114 controls',
      (ids(old['domains']), ['A.%d' % i for i in range(5, 19)]),
      (len(old['objectives']), 35), (len(old['controls']), 114),
      ([d['controls'] for d in old['domains']], [2, 7, 6, 10, 14, 2, 15, 14, 7, 13, 5, 7, 4, 8]),
      ([c['id'] for c in old['controls'] if c['id'].rsplit('.', 1)[0] != c['objective']], []),
      ([o['id'] for o in old['objectives'] if o['id'].rsplit('.', 1)[0] != o['domain']], []))
up = sorted((older, c['id']) for c in new['controls'] for older in c['replaces_2013'])
down = sorted((c['id'], newer) for c in old['controls'] for newer in c['maps_to_2022'])
check('2013 to 2022 and back are the same 115 pairs', (up, down), (len(up), 115),
      (set(newer for _, newer in down) - set(ids(new['controls'])), set()),
      (set(older for older, _ in up), set(ids(old['controls']))),
      ([c['id'] for c in old['controls'] if len(c['maps_to_2022']) > 1], ['A.18.2.3']))

information = [(c['id'], item['name'], item['kind']) for c in clauses for item in c['documented_information']]
check('41 clauses, 18 items of documented information',
      (' '.join(ids(clauses)),
       '4 4.1 4.2 4.3 4.4 5 5.1 5.2 5.3 6 6.1 6.1.1 6.1.2 6.1.3 6.2 6.3 7 7.1 7.2 7.3 7.4 7.5 7.5.1 7.5.2 7.5.3 '
       '8 8.1 8.2 8.3 9 9.1 9.2 9.2.1 9.2.2 9.3 9.3.1 9.3.2 9.3.3 10 10.1 10.2'),
      (len(clauses), 41), (len(set(name for _, name, _ in information)), 18),
      (collections.Counter(kind for _, _, kind in information), {'document': 8, 'record': 10}),
      ({c: n for c, n in collections.Counter(c for c, _, _ in information).items() if n > 1},
       {'6.1.3': 3, '9.2.2': 2, '10.2': 2}),
      ([c['id'] for c in clauses if c['parent'] != ('.'.join(c['id'].split('.')[:-1]))], []),
      ([c['id'] for c in clauses if c['amended_2024']], ['4.1', '4.2']),
      ([c['id'] for c in clauses if not c['clause_2013']], ['6.3']))

cloud, privacy = files['iso27017-2015'], files['iso27018']
check('27017: 7 controls in 6 groups', (len(cloud['controls']), 7), (len(cloud['groups']), 6),
      ([c['id'] for c in cloud['controls'] if c['id'].rsplit('.', 1)[0] != c['group']], []),
      (set(ids(cloud['controls'], 'group')), set(ids(cloud['groups']))))
check('27018: 25 controls under 11 principles', (len(privacy['controls']), 25), (len(privacy['principles']), 11),
      ([c['id'] for c in privacy['controls'] if c['id'].rsplit('.', 1)[0] != c['principle']], []))

controls_known, clauses_known = set(ids(new['controls'])), set(ids(clauses))
for name, (controls, of_clauses, official) in MAPPINGS.items():
    data = files[name]
    known = ids(data['refs'])
    pairs, clause_pairs = data['mappings'], data.get('clause_mappings', [])
    everything = pairs + clause_pairs
    check('%s: %d pairs, every id exists' % (name, controls + of_clauses),
          (len(pairs), controls), (len(clause_pairs), of_clauses), (sum(p['official'] for p in pairs), official),
          (set(ids(pairs, 'control')) - controls_known, set()), (set(ids(clause_pairs, 'clause')) - clauses_known, set()),
          ([p for p in everything if p['ref'] not in known], []), (len(known), ITEMS[name]), (len(set(known)), len(known)),
          (len(set((p.get('control', p.get('clause')), p['ref']) for p in everything)), controls + of_clauses),
          ([p for p in everything if (p['sources'] == ['own-reading']) != (name in OWN_READING)
            or (len(p['sources']) < 2 and not p['official'] and name not in OWN_READING)], []))
check('groups of other frameworks have as many items as they say', *[
    (sum(ref.startswith((group['id'] + '-', group['id'] + '.')) for ref in ids(files[name]['refs'])), group[count])
    for name, key, count in (('map-nist-csf-2.0', 'categories', 'refs'), ('map-soc2-tsc-2017', 'series', 'criteria'))
    for group in files[name][key]])
check('27017 and 27018 are the same in catalogue and mapping', *[
    ([(r['id'], r['title']) for r in files[name]['refs']], [(c['id'], c['title']) for c in files[source]['controls']])
    for name, source in (('map-iso27017', 'iso27017-2015'), ('map-iso27018', 'iso27018'))])

review = files['management-review-inputs']
parts = [part for item in review['inputs'] for part in [item] + item['parts']]
check('9.3.2 has the inputs a to g, 9.3.3 two results', (ids(review['inputs'], 'item'), list('abcdefg')),
      (len(review['outputs']), 2), (len(set(ids(parts, 'name'))), len(parts)),
      ([c for part in parts for c in part['fed_by_clauses'] if c not in clauses_known], []),
      ([part['name'] for part in parts if not part['fed_by_clauses'] and not part.get('parts')], []))
options = files['risk-treatment-options']['options']
words = [word for option in options for word in [option['id']] + option['synonyms']]
check('four treatment options, no synonym twice', (ids(options), ['modify', 'retain', 'avoid', 'share']),
      (len(words), len(set(words))), ([word for word in words if word != word.lower()], []))
family = files['iso27000-family']['documents']
check('31 standards of the family', (len(family), 31), (len(set(ids(family))), 31),
      ([d['id'] for d in family if not (d['title'] and d['purpose'] and d['kind'])], []))
check('records stand in natural order', *[
    (ids(records), sorted(ids(records), key=natural))
    for name in ('iso27001-2022-annex-a', 'iso27001-2013-annex-a', 'iso27001-2022-clauses', 'iso27017-2015', 'iso27018')
    for records in files[name].values() if isinstance(records, list)])
check('the credit that its licence asks for is given', *[
    ('ENISA' in text and 'CC BY 4.0' in text, True)
    for text in (open(os.path.join(DATA, name), encoding='ascii').read()
                 for name in ('README.md', 'map-nis2-2024-2690.yaml'))])


def generate(change):
    """The exit code and message of the generator on a copy of the data with CHANGE (file, old, new) made."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'data')
        shutil.copytree(DATA, copy)
        if change:
            path = os.path.join(copy, change[0])
            with open(path, encoding='ascii') as stream:
                text = stream.read()
            assert change[1] in text
            with open(path, 'w', encoding='ascii') as stream:
                stream.write(text.replace(change[1], change[2], 1))
        output = os.path.join(folder, 'data.inc')
        run = subprocess.run([GENERATOR, copy, output], stderr=subprocess.PIPE, text=True, timeout=60)
        return run.returncode, os.path.exists(output), run.stderr.replace(copy + os.sep, '').strip()


check('the generator takes the data', (generate(None), (0, True, '')))
for what, change, message in [
        ('ids out of order', ('iso27017-2015.yaml', 'id: CLD.6.3.1', 'id: CLD.9.6.1'),
         'iso27017-2015.yaml:28: out of natural order: CLD.8.1.5'),
        ('an unknown control', ('map-dora.yaml', 'control: A.5.2', 'control: A.5.99'),
         'map-dora.yaml:77: unknown id: A.5.99'),
        ('an unknown theme', ('iso27018.yaml', 'principle: A.2', 'principle: A.1'),
         'iso27018.yaml:48: unknown id: A.1'),
        ('malformed YAML', ('risk-treatment-options.yaml', 'needs_controls: true', 'needs_controls: [true'),
         "risk-treatment-options.yaml:15: malformed YAML: did not find expected ',' or ']'")]:
    code, written, found = generate(change)
    check('the generator refuses ' + what, (code, 1), (written, False), (found, message or found))

print('1..%d' % len(results))
sys.exit(0 if all(results) else 1)
