// WebTextDecoder: encodings that the core does not carry itself (GB18030, Big5, Shift_JIS ...), by the browser's own
// TextDecoder. Called by: web/platform.cpp, which hands it out as a port.
#pragma once

#include "core/base/ports.h"

namespace outpost {

class WebTextDecoder final : public TextDecoder {
public:
    bool decode(std::string_view encoding, ByteView bytes, std::string& out) override;
    std::string compose(std::string_view text) override;
};

}  // namespace outpost
