// The parts of the browser platform that need no browser: the stores' frames, and what a node is in the DOM.
#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "web/mirror_attributes.h"
#include "web/store_frames.h"

using namespace outpost;

namespace {

Bytes journal_of(std::initializer_list<std::string_view> entries) {
    Bytes journal;
    Sequence sequence = 0;
    for (const std::string_view entry : entries) {
        const ByteView parts[] = {{reinterpret_cast<const std::uint8_t*>(entry.data()), entry.size()}};
        append_frame(journal, ++sequence, parts);
    }
    return journal;
}

}  // namespace

TEST_CASE("web frames: what was written is found, in order") {
    const Bytes journal = journal_of({"one", "", "three"});
    const FrameList list = find_frames(journal);
    REQUIRE(list.frames.size() == 3);
    CHECK(list.newest == 3);
    CHECK(list.frames[2].sequence == 3);
    CHECK(list.frames[2].length == 5);
    CHECK(list.end == journal.size());
    CHECK(list.damaged.empty());
    CHECK_FALSE(list.torn_tail);
}

namespace {

class MemorySource : public ByteSource {
public:
    explicit MemorySource(Bytes bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset + out.size() > bytes_.size()) return false;
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return true;
    }

private:
    Bytes bytes_;
};

// What is found without reading the whole is what is found in memory.
void check_same(const Bytes& journal) {
    const auto source = std::make_shared<MemorySource>(journal);
    const FrameList list = find_frames(ByteView(journal)), read = find_frames(*source);
    REQUIRE(read.frames.size() == list.frames.size());
    CHECK(read.damaged == list.damaged);
    CHECK(read.end == list.end);
    CHECK(read.torn_tail == list.torn_tail);
    CHECK(read.newest == list.newest);
    StoredCopy copy;
    read_entries(source, read, copy);
    REQUIRE(copy.entries.size() + copy.large_entries.size() == list.frames.size());
    std::size_t small = 0, large = 0;
    for (std::size_t i = 0; i < list.frames.size(); ++i) {
        CHECK(read.frames[i].sequence == list.frames[i].sequence);
        const ByteView entry = ByteView(journal).subspan(static_cast<std::size_t>(list.frames[i].offset) + frame_header_size, list.frames[i].length);
        if (entry.size() <= 64 << 10) {
            CHECK(std::ranges::equal(copy.entries[small++], entry));
            continue;
        }
        ByteSource& part = *copy.large_entries[large++];
        Bytes bytes(entry.size());
        REQUIRE(part.size() == entry.size());
        REQUIRE(part.read(0, bytes));
        CHECK(std::ranges::equal(bytes, entry));
        CHECK_FALSE(part.read(1, bytes));
    }
}

}  // namespace

TEST_CASE("web frames: a journal outside of memory is read as one in memory, sound, cut off or damaged") {
    Bytes journal;
    Sequence sequence = 0;
    for (const std::size_t size : {5u, 0u, 70'000u, 3u, 200'000u, 1u, 64u << 10, 9u}) {
        const Bytes entry(size, static_cast<std::uint8_t>('a' + sequence));
        const ByteView parts[] = {entry};
        append_frame(journal, ++sequence, parts);
    }
    check_same(journal);
    check_same({});
    for (const std::size_t cut : {1u, 9u, 30u, 33u, 40u, 60'000u, 65'600u}) check_same(Bytes(journal.begin(), journal.end() - cut));
    for (const std::size_t at : {0u, 26u, 60u, 70'100u, 270'150u}) {
        Bytes damaged = journal;
        damaged[at] ^= 1;
        check_same(damaged);
    }
}

TEST_CASE("web frames: a header is read alone, and what is none is refused") {
    const Bytes journal = journal_of({"one", "three"});
    const auto second = read_frame_header(ByteView(journal).subspan(frame_header_size + 3));
    REQUIRE(second.has_value());
    CHECK(second->sequence == 2);
    CHECK(second->length == 5);
    CHECK_FALSE(read_frame_header(ByteView(journal).subspan(1)).has_value());
    CHECK_FALSE(read_frame_header(ByteView(journal).first(frame_header_size - 1)).has_value());
    CHECK_FALSE(read_frame_header({}).has_value());
}

TEST_CASE("web frames: a write that was cut off is a torn tail, at every length") {
    const Bytes whole = journal_of({"one", "a longer second entry"});
    const std::size_t first = frame_header_size + 3;
    for (std::size_t size = first; size < whole.size(); ++size) {
        const FrameList list = find_frames(ByteView(whole).first(size));
        CAPTURE(size);
        CHECK(list.frames.size() == 1);
        CHECK(list.end == first);
        CHECK(list.damaged.empty());
        CHECK(list.torn_tail == (size > first));
    }
}

TEST_CASE("web frames: space that was reserved and never written is a torn tail") {
    Bytes journal = journal_of({"one"});
    const std::size_t end = journal.size();
    journal.resize(end + 100);
    const FrameList list = find_frames(journal);
    CHECK(list.torn_tail);
    CHECK(list.end == end);
}

TEST_CASE("web frames: a damaged header is reported, and what follows is found") {
    const Bytes sound = journal_of({"first", "second", "third"});
    for (std::size_t bit = 0; bit < 12 * 8; ++bit) {
        Bytes journal = sound;
        const std::size_t second = frame_header_size + 5;
        journal[second + bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        const FrameList list = find_frames(journal);
        CAPTURE(bit);
        REQUIRE(list.frames.size() == 2);
        CHECK(list.frames[1].sequence == 3);
        REQUIRE(list.damaged.size() == 1);
        CHECK(list.damaged[0].first == second);
        CHECK(list.damaged[0].second == frame_header_size + 6);
    }
}

TEST_CASE("web attributes: a selected button is pressed, a selected tab is selected") {
    SemanticsNode node;
    node.role = Role::Button;
    node.states = semantics_state::selected;
    CHECK(dom::attributes_of(node, false)[dom::pressed] == "true");
    CHECK_FALSE(dom::attributes_of(node, false)[dom::selected].has_value());
    node.role = Role::Tab;
    CHECK(dom::attributes_of(node, false)[dom::selected] == "true");
    node.states = 0;
    CHECK(dom::attributes_of(node, false)[dom::selected] == "false");
}

TEST_CASE("web attributes: what opens something says whether it is open, and what it opens") {
    SemanticsNode node;
    node.role = Role::Button;
    node.states = semantics_state::has_popup | semantics_state::selected | semantics_state::expanded;
    CHECK_FALSE(dom::attributes_of(node, false)[dom::pressed].has_value());
    CHECK(dom::attributes_of(node, false)[dom::expanded] == "true");
    CHECK(dom::attributes_of(node, false)[dom::has_popup] == "menu");
    node.states = semantics_state::has_popup | semantics_state::collapsed | semantics_state::opens_dialog;
    CHECK(dom::attributes_of(node, false)[dom::expanded] == "false");
    CHECK(dom::attributes_of(node, false)[dom::has_popup] == "dialog");
    node.role = Role::Listbox;
    node.states = semantics_state::multi_selectable;
    CHECK(dom::attributes_of(node, false)[dom::multi_selectable] == "true");
}

TEST_CASE("web attributes: a field that searches a list is a combobox, which names the list and its active option") {
    SemanticsNode node;
    node.role = Role::SearchField;
    node.input = InputKind::Search;
    CHECK(dom::attributes_of(node, false)[dom::type] == "search");
    CHECK_FALSE(dom::attributes_of(node, false)[dom::role].has_value());
    node.states = semantics_state::expanded;
    node.controls = 7;
    node.active = 8;
    const dom::Attributes attributes = dom::attributes_of(node, false);
    CHECK(attributes[dom::role] == "combobox");
    CHECK(attributes[dom::type] == "text");   // of type "search" no other role is allowed
    CHECK(attributes[dom::expanded] == "true");
    CHECK(attributes[dom::completes] == "list");
    CHECK(attributes[dom::controls] == "n7");
    CHECK(attributes[dom::active_descendant] == "n8");
    SemanticsNode moved = node;
    moved.active = 9;
    CHECK_FALSE(dom::same_attributes(node, moved));
}

TEST_CASE("web attributes: a field is an input named by its label") {
    SemanticsNode node;
    node.role = Role::TextField;
    node.input = InputKind::Email;
    node.name = "Email";
    node.value = "a@b.example";
    CHECK(dom::tag_of(node) == dom::tag_input);
    const dom::Attributes attributes = dom::attributes_of(node, false);
    CHECK(attributes[dom::label] == "Email");
    CHECK(attributes[dom::input_mode] == "email");
    CHECK_FALSE(attributes[dom::role].has_value());
    CHECK(dom::content_of(node, false).empty());
}
