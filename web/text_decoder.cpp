#include "web/text_decoder.h"

#include <cstdlib>

// The decoded text as UTF-8, allocated with malloc, its length in *out_length; null when the browser lacks the encoding.
// Without an encoding: UTF-8 in the form NFC.
extern "C" char* outpost_js_decode_text(const char* encoding, int encoding_length, const void* bytes, double size, double* out_length);

namespace outpost {

bool WebTextDecoder::decode(std::string_view encoding, ByteView bytes, std::string& out) {
    double length = 0;
    char* text = outpost_js_decode_text(encoding.data(), static_cast<int>(encoding.size()), bytes.data(), static_cast<double>(bytes.size()), &length);
    if (!text) return false;
    out.assign(text, static_cast<std::size_t>(length));
    std::free(text);
    return true;
}

std::string WebTextDecoder::compose(std::string_view text) {
    std::string out;
    return decode("", ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()), out) ? out : std::string(text);
}

}  // namespace outpost
