"""Fixed inputs and outputs. A failure here means that what lies in databases today would not open any more."""

import io
import uuid
from types import SimpleNamespace

from iesogi.vault import intake, records, recovery, sealing
from iesogi.vault.enums import Kind
from iesogi.vault.records import Place

KEY = bytes(range(32))
PLACE = uuid.UUID(int=7)
RECORD = uuid.UUID(int=9)


VECTORS = {
    "public": "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f",
    "mark key": "a68bdc3954334779e2befc8954e96c4c377d5a7b5bc86fc42f2de1b9e2ce032d",
    "answer key": "801321ee8cfc9c39be919a0efbb0f603962718e34a76a8ac952a7b39e3bc3713",
    "mark": "b697b968a0b4699472032c7f07b50236faaff7f08055073c83bea2f91837afe3",
    "member mark": "3ff0104c9a762bfe12df2b829ae0d20302697a9b6f7191ae12394de34cdccf87",
    "fingerprint": "43296 28465 84049 85475 92836 37675",
    "grant": (
        "62bec3137afdf1d39e517416459d78f60e5bded21e4dcb191eb0b53b235e735fb3f9448b26f77cd68b21e62d17437caf4768"
        "b1fe4edb4897674a6aaf9a89926f3c83c86b0be0"
    ),
    "record": (
        "b18e82d7bdc55861db473018ad9ce25444cc564b5cafecfcdb28a7c50388f054d691e124f555d66c06d3a6371633bf3ccd7b"
        "a8ec7a51643941bc66c3ad3d34567aa1e44741cacdeebae4b87be8b1c9ff3736a4ca630975ab95d50269a35a9fe5c90e5a69"
        "986a00e6aedba262568356f3f487b8b369859c88f73779910b37e699dc3128bd7f83badfa94e336758d5e5634fcb25b12ff6"
        "ca09ec3b914042e24f4479d3620d3a1126bb27aa981588bd0a8855a4b81a70fd0624eed11da53ef255d6e84a95060d03fbcb"
        "d83a5b0dc622e19425fc40e6c188038ffd773ff6571beaab162885f93d1fdc35481eb18dd7b253e29493bd4215a850a4f0e6"
        "4b241d68ec3c2af44b71faaea3fe6f257d40dc99fc34ceebb0bc865202be4cf7c958c1b2e0aba879d00df4be7e3a575353c7"
        "fdb79297505be8e39d5427d2b17e2ed8fb9a25402a0ade843d5fcf6e89c3b0a406c05155a1d663c2c1ac01345817ca565872"
        "cbcf6d7915c741ebd4674f793c5b6c87ef81230c540334caefbe25673fee9af54156d38372e790881ba737267ba42696fd04"
        "7fee834b2a6b198349e9212fd0ebb426acf59bc5ffaf5b23906b8fa8cea9228e33c58a76107142e64826c8b76b151c714940"
        "0db500dd49513cca1749f90886f25ac573e5faa263c7477a58ce6572887be80e15edb245c3d758f9b1920d9153b30d06d92f"
        "6d397958933ceec264c560feb7915922210e43a2414961464438ec8eff3dcd1fd40566d682745644c251aed9fd08798d9d98"
        "852b5f57a7e69e59cfc998c3a8e148e7e3ecd1ee62cea88dd3ab59e3ab75efdcfe73eff93b4120c09bafab8db17846b2ffde"
        "4c002133affae0a68722fb953447d07d41d95298c04125073c1192cea26d986a4acb54f2fca4c5f1f2cf5052b9a62080b75b"
        "5ab8a3e41e5c81c02eb8ef2332ade88465146b97fea3e33d5db69c29c982c99fcd4c36b5adf555601b5527af74a13281c614"
        "d1b9215dbe688460aa892b17326c67c695a8b76a860e3c95808ffebfcdf1e74ceb26bcadd119b78cca83f929df8ae367ae7d"
        "df703c53ca810e1493331e1ec6cdb4e4d815f9c53eac4e3da8f24c6eae477c8db46eeeffb4ce1af31d48cdb4c1f9ab9b8b29"
        "ddbc2ee7b4a29b9d7248dff76e4267423b7d8790697eb7c63b45e9deafbf4a74d84b4b023ac1e12c94fabb728eae9e4d6770"
        "5ed9b268d9c9092eceee2a0dceaf2e04a20f0aaa05e95fcefedc9c0f9027cb83178b652b204ac2606ad279e6d1506ae36d75"
        "8e609dd564229d486131277d6818367327adc75aaa2184c83a344b8427c92dd20e45ee1674dcd06cf98cfc68215588bb2a7b"
        "b7c6cf337e038d92c402f9a5d5c12f51d27d2232f9548cc6d4db4828d7e3ccf7ae63761b0b02fd9aae1743f3b4c79daa229f"
        "ae4dfe26de6eceda92a4ca0735d735d743112a3c9c2739a2cbabe42c1b34dccd379891409ed8946bb8ecdcef9b0246451495"
        "e61c1e81cf41bdc72d3f095be385"
    ),
    "file": (
        "87c40e978295101862cea23ac744c2c33f0ad41f3b19451aa39f2cd431122dcb44a808d31c77fa213845c5f999bd394e6f31"
        "c9283f80b51d14"
    ),
    "argon2id": "5eb8e75a1a46244e3376ba4f71bb3c476ea0d02453b69f52cf7ef8b2ff105b92",
    "number": (
        "ec18477112889062b26f4724f11aa654b2254e358939a28c3134e9e6fe42df3c",
        "1016d027f5a8c8d713224a09d6807daaea361bf2e6171bf0c529524329e9018d",
    ),
    "halves": (
        "IHSR CKMX TKEH LQ4J DRGT C4ZD 5RPD XJPR WCTT 3VE4 CI3C UHYS 7ZYG P3LB EVF6 4GV4",
        "ILSR CKMX TKEX PQEN DFFT M6ZK 4ZKT PKH7 X63S ZRUP AYRT YCAK 45VH Z4L4 HNKM NTHO",
    ),
}


def test_public_half():
    assert sealing.public_of(KEY).hex() == VECTORS["public"]


def test_keyed_hashes():
    assert sealing.mark_key_of(KEY).hex() == VECTORS["mark key"]
    assert sealing.answer_key_of(KEY).hex() == VECTORS["answer key"]
    assert sealing.mark(KEY, "where", b"key", b"body").hex() == VECTORS["mark"]
    assert sealing.member_mark(KEY, "user|3", KEY).hex() == VECTORS["member mark"]


def test_fingerprint():
    assert sealing.fingerprint(KEY) == VECTORS["fingerprint"]


def test_contexts():
    epoch = SimpleNamespace(slug="cases", number=3)
    assert records.grant_context(PLACE, epoch) == f"compartment|{PLACE}|cases|3"
    assert records.record_context(PLACE, Kind.MESSAGE_OUT, RECORD) == f"record|{PLACE}|message-out|{RECORD}"
    assert sealing.file_context(RECORD) == f"file|{RECORD}"


def test_grant_opens():
    assert sealing.open_grant(KEY, "here", bytes.fromhex(VECTORS["grant"])) == b"secret"


def test_record_opens():
    assert sealing.open_record(KEY, bytes.fromhex(VECTORS["record"]), aad="here") == {"a": "é"}


def test_file_opens():
    sealed = io.BytesIO(bytes.fromhex(VECTORS["file"]))
    assert b"".join(sealing.open_stream(KEY, sealed, aad="here")) == b"evidence"


def test_argon2id():
    """As libsodium's own `crypto_pwhash` with these values; the cost is 1 pass and 8 KiB."""
    assert sealing.stretch(b"secret", bytes(16), cost=(1, 8192), size=32).hex() == VECTORS["argon2id"]


def test_number_leads_to_the_same_receipt(settings):
    settings.INTAKE_SECRET = "ab" * 32
    derived = intake.derive("1" * 24)
    assert (derived.lookup_id.hex(), derived.wrap_key.hex()) == VECTORS["number"]


def test_recovery_halves_read():
    assert recovery.recovery_key(*VECTORS["halves"]) == KEY


def test_thread_packs_to_fixed_bytes():
    thread = intake.Thread(KEY, Place(PLACE, KEY), Place(RECORD, KEY))
    assert thread.packed() == KEY + PLACE.bytes + KEY + RECORD.bytes + KEY
    assert intake.Thread.unpacked(thread.packed()) == thread
    alone = intake.Thread(KEY, Place(PLACE, KEY), None)
    assert intake.Thread.unpacked(alone.packed()) == alone
