"""Known exceptions, each with its reason. A line that no longer excuses anything is a fault too."""

# (rule, path pattern, words the finding must contain, reason)
EXCEPTIONS = [
    ("nhs_number_range", "tests/unit/proto/base/nhs_number_test.cpp", "",
     "published worked examples of modulus 11, nobody's number"),
    ("banned_call", "tests/unit/proto/link/zmq_socket_test.cpp", "clock",
     "a real socket needs a real deadline"),
    ("banned_call", "tests/unit/proto/link/link_bench.hpp", "clock",
     "a real socket needs a real deadline"),
    ("banned_call", "tests/unit/adapters/common/ingest_client_test.cpp", "clock",
     "a real socket needs a real deadline"),
    ("banned_call", "tests/unit/board/link/follower_test.cpp", "clock",
     "a real socket needs a real deadline"),
]
