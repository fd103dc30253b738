// IconvDecoder: the TextDecoder port by the C library's iconv, and utf8proc.
// Invariant: bytes that the encoding does not have become U+FFFD; decoding never fails half-way.
// Called by: the native shell.
#pragma once

#include "core/base/ports.h"

namespace outpost {

class IconvDecoder : public TextDecoder {
public:
    bool decode(std::string_view encoding, ByteView bytes, std::string& out) override;
    std::string compose(std::string_view text) override;   // by utf8proc
};

}  // namespace outpost
