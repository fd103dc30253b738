// ByteReader and EntryParts: how the store's formats are read and written. Little-endian, varints as in LEB128.
// Invariant: a reader never goes past its bytes; once it failed, every further read gives zero, so that a decoder may
// check once at the end of a step. Called by: journal_codec, column_codec, snapshot.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/ports.h"

namespace outpost {

static_assert(std::endian::native == std::endian::little, "columns are written as they lie in memory");

constexpr std::uint64_t to_zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t from_zigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// Over bytes in memory, or over a part of a source, of which it then holds a window at a time.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : bytes_(bytes), left_(bytes.size()) {}
    // The source must stay. A part of it that can't be read fails the reader.
    ByteReader(ByteSource& source, std::uint64_t offset, std::uint64_t size) : left_(size), source_(&source), next_(offset) {}

    bool failed() const { return failed_; }
    void fail() {
        failed_ = true;
        position_ += left_;
        left_ = 0;
        bytes_ = {};
        at_ = 0;
    }
    std::uint64_t position() const { return position_; }
    std::uint64_t remaining() const { return left_; }

    template <typename T>
    T fixed() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value{};
        const ByteView from = take(sizeof(T));
        if (!from.empty()) std::memcpy(&value, from.data(), sizeof(T));
        return value;
    }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!is_at_hand(1)) break;
            const std::uint8_t byte = bytes_[at_];
            pass(1);
            if (shift == 63 && byte > 1) break;
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        fail();
        return 0;
    }
    // A varint that must not be over `limit`.
    std::uint64_t varint_to(std::uint64_t limit) {
        const std::uint64_t value = varint();
        if (value <= limit) return value;
        fail();
        return 0;
    }
    std::int64_t signed_varint() { return from_zigzag(varint()); }
    // The next `count` bytes in place, until the next call; empty when they are not there.
    ByteView take(std::uint64_t count) {
        if (!is_at_hand(count)) {
            fail();
            return {};
        }
        const ByteView out = bytes_.subspan(at_, static_cast<std::size_t>(count));
        pass(count);
        return out;
    }
    // Passes over them.
    void skip(std::uint64_t count) {
        if (count > left_) return fail();
        const std::uint64_t held = std::min<std::uint64_t>(count, bytes_.size() - at_);
        pass(held);
        position_ += count - held;
        left_ -= count - held;
        next_ += count - held;
    }
    // Fills `out` with the next bytes, straight from where they lie.
    void read(std::span<std::uint8_t> out) {
        if (out.size() > left_) return fail();
        const ByteView held = bytes_.subspan(at_, std::min(out.size(), bytes_.size() - at_));
        if (!held.empty()) std::memcpy(out.data(), held.data(), held.size());
        pass(held.size());
        out = out.subspan(held.size());
        if (out.empty()) return;
        if (!source_->read(next_, out)) return fail();
        position_ += out.size();
        left_ -= out.size();
        next_ += out.size();
    }
    std::string text() {
        const ByteView bytes = take(varint());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

private:
    static constexpr std::size_t window_bytes = 64 << 10;

    void pass(std::uint64_t count) {
        at_ += static_cast<std::size_t>(count);
        position_ += count;
        left_ -= count;
    }
    bool is_at_hand(std::uint64_t count) { return count <= bytes_.size() - at_ || move_window(count); }
    bool move_window(std::uint64_t count);

    ByteView bytes_;               // in memory: all, or the window
    std::size_t at_ = 0;           // in them
    std::uint64_t position_ = 0;   // from the beginning
    std::uint64_t left_ = 0;
    bool failed_ = false;
    ByteSource* source_ = nullptr;
    std::uint64_t next_ = 0;       // of the source, behind the window
    Bytes window_;
};

// Bytes being put together from small own parts and large foreign ones that are only referred to: a column of an
// import is written from where it lies. The foreign bytes must outlive the parts.
class EntryParts {
public:
    static constexpr std::size_t foreign_bytes_min = 4096;

    std::size_t size() const { return own_.size() + foreign_bytes_; }
    template <typename T>
    void fixed(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
        own_.insert(own_.end(), bytes, bytes + sizeof(T));
    }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) own_.push_back(static_cast<std::uint8_t>(value | 0x80));
        own_.push_back(static_cast<std::uint8_t>(value));
    }
    void signed_varint(std::int64_t value) { varint(to_zigzag(value)); }
    void text(std::string_view text) {
        varint(text.size());
        own_.insert(own_.end(), text.begin(), text.end());
    }
    void bytes(const void* data, std::size_t size) {
        const auto* from = static_cast<const std::uint8_t*>(data);
        if (size < foreign_bytes_min) {
            own_.insert(own_.end(), from, from + size);
            return;
        }
        pieces_.push_back({own_.size(), ByteView(from, size)});
        foreign_bytes_ += size;
    }
    // Room for `size` own bytes, to be filled at once.
    std::uint8_t* extend(std::size_t size) {
        own_.resize(own_.size() + size);
        return own_.data() + own_.size() - size;
    }
    // What was put together, in order. Valid until the next addition.
    std::vector<ByteView> views() const {
        std::vector<ByteView> out;
        std::size_t from = 0;
        for (const Piece& piece : pieces_) {
            if (piece.own_end > from) out.push_back(ByteView(own_).subspan(from, piece.own_end - from));
            out.push_back(piece.foreign);
            from = piece.own_end;
        }
        if (own_.size() > from) out.push_back(ByteView(own_).subspan(from));
        return out;
    }

private:
    struct Piece {
        std::size_t own_end;
        ByteView foreign;
    };
    Bytes own_;
    std::vector<Piece> pieces_;
    std::size_t foreign_bytes_ = 0;
};

}  // namespace outpost
