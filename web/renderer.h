// Renderer: draws ImGui's draw data with WebGL2 and keeps ImGui's textures on the GPU.
// Invariant: GL state is ours alone and never asked back (each question is a round trip to the GPU process); after a
// lost context everything is made anew and the picture is the same. Called by: web/platform.cpp, once a frame.
#pragma once

#include <cstdint>
#include <string_view>

struct ImDrawData;

namespace outpost {

class Renderer {
public:
    bool start(std::string_view canvas_selector);
    void draw(const ImDrawData& data, float width, float height);
    // A number that differs when the picture would differ.
    static std::uint64_t fingerprint(const ImDrawData& data);

    void context_lost() { lost_ = true; }
    void context_restored();
    bool is_lost() const { return lost_; }
    int draw_calls() const { return draw_calls_; }  // of the last picture

private:
    void create_objects();
    void update_textures(const ImDrawData& data);

    int context_ = 0;
    bool lost_ = false;
    unsigned program_ = 0, vertex_array_ = 0, vertex_buffer_ = 0, index_buffer_ = 0;
    int draw_calls_ = 0;
};

}  // namespace outpost
