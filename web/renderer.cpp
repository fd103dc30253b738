#include "web/renderer.h"

#include <GLES3/gl3.h>
#include <emscripten/html5_webgl.h>

#include <cstddef>
#include <cstring>
#include <string>

#include "imgui.h"

namespace outpost {
namespace {

constexpr const char* vertex_shader =
    "#version 300 es\n"
    "layout(location=0) in vec2 position;layout(location=1) in vec2 uv;layout(location=2) in vec4 color;\n"
    "layout(location=3) in vec4 projection;\n"
    "out vec2 fragment_uv;out vec4 fragment_color;\n"
    "void main(){fragment_uv=uv;fragment_color=color;"
    "gl_Position=vec4(position*projection.xy+projection.zw,0,1);}\n";
constexpr const char* fragment_shader =
    "#version 300 es\n"
    "precision mediump float;uniform sampler2D atlas;\n"
    "in vec2 fragment_uv;in vec4 fragment_color;out vec4 result;\n"
    "void main(){result=fragment_color*texture(atlas,fragment_uv);}\n";

constexpr GLuint size_attribute = 3;   // "projection"

GLuint compile(GLenum kind, const char* source) {
    GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    return shader;
}

std::uint64_t mix(std::uint64_t hash, const void* data, std::size_t size) {
    // Eight bytes a step; the rest byte by byte. Only equality of two frames rests on it.
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (; size >= 8; bytes += 8, size -= 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    for (; size; ++bytes, --size) hash = (hash ^ *bytes) * 0x100000001B3u;
    return hash;
}

}  // namespace

bool Renderer::start(std::string_view canvas_selector) {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false;
    attributes.enableExtensionsByDefault = false;  // none is used; each one would be asked of the browser's graphics process in turn
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    context_ = static_cast<int>(emscripten_webgl_create_context(std::string(canvas_selector).c_str(), &attributes));
    if (context_ <= 0) return false;
    emscripten_webgl_make_context_current(context_);
    create_objects();
    return true;
}

// Nothing here asks the graphics process for an answer, which it could give only when all before is done: the size goes
// in as a constant attribute, for a uniform's place would have to be asked for.
void Renderer::create_objects() {
    program_ = glCreateProgram();
    glAttachShader(program_, compile(GL_VERTEX_SHADER, vertex_shader));
    glAttachShader(program_, compile(GL_FRAGMENT_SHADER, fragment_shader));
    glLinkProgram(program_);
    glUseProgram(program_);

    glGenVertexArrays(1, &vertex_array_);
    glBindVertexArray(vertex_array_);
    glGenBuffers(1, &vertex_buffer_);
    glGenBuffers(1, &index_buffer_);
    glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_buffer_);
    const auto at = [](std::size_t offset) { return reinterpret_cast<const void*>(offset); };
    for (GLuint index = 0; index < 3; ++index) glEnableVertexAttribArray(index);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, col)));

    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    glEnable(GL_SCISSOR_TEST);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
}

void Renderer::context_restored() {
    lost_ = false;
    emscripten_webgl_make_context_current(context_);
    create_objects();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_WantUpdates)
            texture->SetStatus(ImTextureStatus_WantCreate);
        else if (texture->Status == ImTextureStatus_WantDestroy)
            texture->SetStatus(ImTextureStatus_Destroyed);
    }
}

void Renderer::update_textures(const ImDrawData& data) {
    if (!data.Textures) return;
    for (ImTextureData* texture : *data.Textures) {
        if (texture->Status == ImTextureStatus_OK) continue;
        if (texture->Status == ImTextureStatus_WantCreate) {
            GLuint id = 0;
            glGenTextures(1, &id);
            glBindTexture(GL_TEXTURE_2D, id);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
            glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, texture->Width, texture->Height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         texture->GetPixels());
            texture->SetTexID(static_cast<ImTextureID>(id));
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantUpdates) {
            glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture->TexID));
            glPixelStorei(GL_UNPACK_ROW_LENGTH, texture->Width);
            // One upload of the surrounding rectangle: many glyphs arrive in one frame, and each call has its price.
            const ImTextureRect& part = texture->UpdateRect;
            glTexSubImage2D(GL_TEXTURE_2D, 0, part.x, part.y, part.w, part.h, GL_RGBA, GL_UNSIGNED_BYTE,
                            texture->GetPixelsAt(part.x, part.y));
            glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
            const GLuint id = static_cast<GLuint>(texture->TexID);
            glDeleteTextures(1, &id);
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

void Renderer::draw(const ImDrawData& data, float width, float height) {
    if (lost_ || width < 1 || height < 1) return;
    update_textures(data);
    const int pixel_width = static_cast<int>(width), pixel_height = static_cast<int>(height);
    glViewport(0, 0, pixel_width, pixel_height);
    glScissor(0, 0, pixel_width, pixel_height);
    const ImVec4& background = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
    glClearColor(background.x, background.y, background.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glVertexAttrib4f(size_attribute, 2 / width, -2 / height, -1, 1);

    ImTextureID bound = ImTextureID_Invalid;
    draw_calls_ = 0;
    for (const ImDrawList* list : data.CmdLists) {
        glBufferData(GL_ARRAY_BUFFER, list->VtxBuffer.size_in_bytes(), list->VtxBuffer.Data, GL_STREAM_DRAW);
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, list->IdxBuffer.size_in_bytes(), list->IdxBuffer.Data, GL_STREAM_DRAW);
        for (const ImDrawCmd& command : list->CmdBuffer) {
            if (command.UserCallback) continue;  // nobody registers one
            const int left = static_cast<int>(command.ClipRect.x), top = static_cast<int>(command.ClipRect.y);
            const int right = static_cast<int>(command.ClipRect.z), bottom = static_cast<int>(command.ClipRect.w);
            if (right <= left || bottom <= top) continue;
            glScissor(left, pixel_height - bottom, right - left, bottom - top);
            if (const ImTextureID id = command.GetTexID(); id != bound) {
                glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(id));
                bound = id;
            }
            ++draw_calls_;
            glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                           reinterpret_cast<const void*>(command.IdxOffset * sizeof(ImDrawIdx)));
        }
    }
}

std::uint64_t Renderer::fingerprint(const ImDrawData& data) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    hash = mix(hash, &data.DisplaySize, sizeof data.DisplaySize);
    hash = mix(hash, &ImGui::GetStyle().Colors[ImGuiCol_WindowBg], sizeof(ImVec4));
    for (const ImDrawList* list : data.CmdLists) {
        hash = mix(hash, list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
        hash = mix(hash, list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd& command : list->CmdBuffer) {
            hash = mix(hash, &command.ClipRect, sizeof command.ClipRect);
            hash = mix(hash, &command.ElemCount, sizeof command.ElemCount);
        }
    }
    if (data.Textures)
        for (const ImTextureData* texture : *data.Textures)
            if (texture->Status != ImTextureStatus_OK) hash = ~hash;  // a new glyph is a new picture
    return hash;
}

}  // namespace outpost
